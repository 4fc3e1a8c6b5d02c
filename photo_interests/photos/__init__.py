"""Photo files to the pixels that the extractor reads."""
