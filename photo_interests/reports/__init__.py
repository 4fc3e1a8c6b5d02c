"""Predictions and recommendations as tables, JSON and HTML pages."""
