"""The TFLite models of a bundle: photos to features, features to interests."""
