"""Search of photos by words."""
