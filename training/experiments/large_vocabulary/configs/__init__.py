"""Fine-tuning runs that were compared on the way to the large vocabulary."""
