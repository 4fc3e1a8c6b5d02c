"""The features of the labelled photos."""
