"""Species of birds and insects, by packs that are installed on request."""
