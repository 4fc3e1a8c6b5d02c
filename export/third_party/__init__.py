"""Gets, verifies and converts models and data of third parties; none is committed."""
