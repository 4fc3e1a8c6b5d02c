"""What the split of the photos lets through, and a stricter split."""
