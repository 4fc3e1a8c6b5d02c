"""Faces whose numbers a test draws."""

import numpy as np

from photo_interests.analysis.rows import Box, EmbeddedFace

WIDTH = 128
THRESHOLDS = {"radius": 0.3, "distance": 0.4}


def embedded(person, seed=0, distance=0.2, left=0.1):
    """A face of a person: two of one are about `distance` from each other."""
    middle = np.random.default_rng(person).normal(0, 1.4 / WIDTH**0.5, WIDTH)
    random = np.random.default_rng([person, seed])
    noise = random.normal(0, distance / (2 * WIDTH) ** 0.5, WIDTH)
    box = Box(left, 0.2, 0.1, 0.1)
    return EmbeddedFace(0.9, box, (middle + noise).astype(np.float32))
