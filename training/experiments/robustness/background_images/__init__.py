"""Pictures of no interest that the project makes itself, of many kinds."""
