"""What is right on real galleries of everyday photos, for several systems."""
