"""One sentence about a photo."""
