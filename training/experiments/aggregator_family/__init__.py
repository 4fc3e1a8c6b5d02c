"""Many short runs of the family: positive weights, seeds, worlds and features."""
