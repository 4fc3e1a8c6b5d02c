"""Faces, and how many people a photo shows; never who they are."""
