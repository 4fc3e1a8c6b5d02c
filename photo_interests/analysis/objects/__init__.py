"""Objects with their boxes."""
