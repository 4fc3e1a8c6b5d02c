"""Rankers of products: those of the literature, and ours that reads photos alone."""
