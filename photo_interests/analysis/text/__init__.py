"""Text on photos: where its lines are, and what they say."""
