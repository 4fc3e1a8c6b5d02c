"""Where a photo was taken, and the trips that follow from it."""
