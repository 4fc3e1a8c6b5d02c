"""Real ratings of items with pictures: recommenders compared."""
