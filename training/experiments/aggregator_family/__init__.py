"""Many short runs of the family: positive weights, seeds, scenarios and features."""
