"""Experiments: one folder each, with its question, answer and command in README.md."""
