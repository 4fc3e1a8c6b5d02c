"""The adapter: what photo evidence can learn of a deployer's own users."""
