"""Labelled photos: catalogue, duplicates, split, pixels."""
