"""What the analyzers of photos are worth on everyday photos, and what they cost."""
