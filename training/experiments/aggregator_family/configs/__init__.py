"""Configs of the networks that are compared in this experiment alone."""
