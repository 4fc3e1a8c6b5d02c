"""Trains and measures the models: photos, pixels, features, interests."""
