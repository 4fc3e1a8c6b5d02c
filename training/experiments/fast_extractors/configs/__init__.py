"""Extractors that were compared with the released fast one."""
