"""What each part of photo evidence is worth: one thing changed at a time."""
