"""The card of a bundle, its sections, and where released bundles are."""

DEFAULT_BUNDLE = "everyday"
