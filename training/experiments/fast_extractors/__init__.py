"""Faster extractors than the released one: what each costs in accuracy."""
