"""Photo files to the pixels that the extractor reads."""

TIME_LIMIT_S = 60.0
"""Default time for one photo, in seconds, after which it is skipped by name."""
