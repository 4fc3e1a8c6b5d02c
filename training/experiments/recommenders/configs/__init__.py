"""Configs of the comparison of recommenders."""
