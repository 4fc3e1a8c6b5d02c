"""TFLite models, verified and written as a bundle."""
