"""MobileNet v1, fine-tuned into the feature extractor."""
