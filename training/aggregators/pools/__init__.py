"""Pools: from the photos of a set to one vector, which a head then classifies."""
