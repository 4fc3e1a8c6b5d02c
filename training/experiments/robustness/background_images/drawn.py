"""Synthetic background images of every kind, the same for the same seed."""

import numpy as np

from training.experiments.robustness.background_images import ruined, screens, surfaces
from training.experiments.robustness.background_images.drawing import photographed

PHOTOGRAPHED = 0.5
"""Share of the drawn pictures that are seen as by a camera."""


def draw_background(each: int, photos: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """Draw pictures that show none of the interests.

    Args:
        each: Pictures of each kind.
        photos: uint8 `(photos, 224, 224, 3)` for the classes drawn from ruined photos.
        seed: Of everything random.

    Returns:
        By kind, uint8 `(each, 224, 224, 3)`.
    """
    found = {}
    for number, draw in enumerate((*screens.KINDS, *surfaces.KINDS)):
        random = np.random.default_rng([seed, number])
        pictures = [draw(random) for _ in range(each)]
        found[draw.__name__] = np.stack(
            [
                np.asarray(
                    photographed(random, one) if random.random() < PHOTOGRAPHED else one
                )
                for one in pictures
            ]
        )
    for number, ruin in enumerate(ruined.KINDS):
        random = np.random.default_rng([seed, 1000 + number])
        found[ruin.__name__] = np.stack(
            [np.asarray(ruin(random, photos)) for _ in range(each)]
        )
    return found
