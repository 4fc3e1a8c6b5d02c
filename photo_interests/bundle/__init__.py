"""Released bundles: where they are, and their card, the contract with the app."""
