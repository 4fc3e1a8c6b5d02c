"""A faster extractor by a smaller input: what it costs in accuracy."""
