"""Groups of faces of the same person: only where somebody switched that on."""
