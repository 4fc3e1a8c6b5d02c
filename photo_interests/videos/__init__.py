"""Videos as a few frames; needs PyAV, of the extra `vision`."""
