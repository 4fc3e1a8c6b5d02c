"""Simulated users and real contributors."""
