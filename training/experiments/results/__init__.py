"""docs/RESULTS.md from measurements."""
