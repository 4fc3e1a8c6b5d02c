"""What is on each photo: place, scene, objects, faces, and one sentence of it all."""
