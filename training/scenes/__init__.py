"""A classifier of scenes on stored features."""
