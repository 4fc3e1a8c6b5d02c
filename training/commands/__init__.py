"""The commands of `python -m training`, a file for each part of the way."""
