"""The scene of a photo from its stored features."""
