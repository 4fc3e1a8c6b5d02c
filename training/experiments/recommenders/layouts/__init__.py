"""Readers of interaction data in the forms that others publish."""
