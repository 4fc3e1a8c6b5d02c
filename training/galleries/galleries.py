"""Galleries drawn from the everyday photos, as nine types of owners have them."""

from typing import NamedTuple

import numpy as np

from training.galleries.config import (
    DRAWS,
    LARGE,
    OWNERS,
    SEED,
    SMALL,
    Owner,
)
from training.galleries.photos import EverydayPhotos


class Gallery(NamedTuple):
    """One person's photos.

    Attributes:
        owner: Type of the owner.
        rows: Indices of the photos, int `(n,)`.
    """

    owner: str
    rows: np.ndarray


def draw_galleries(
    photos: EverydayPhotos,
    draws: int = DRAWS,
    large: bool = False,
    seed: int = SEED,
    owners: tuple[Owner, ...] = OWNERS,
) -> list[Gallery]:
    """Draw galleries of every type of owner.

    An owner whose photos are fewer than a gallery gets all of them; those with fewer
    than half of a large gallery's get none.

    Args:
        photos: To draw from, without replacement inside a gallery.
        draws: Galleries of each type.
        large: 1,000 photos each instead of 100 to 160.
        seed: Of the draws.
        owners: Their types.
    """
    random = np.random.default_rng([seed, int(large)])
    galleries = []
    for owner in owners:
        weights = photo_weights(photos, owner)
        available = int((weights > 0).sum())
        for _ in range(draws):
            size = LARGE if large else int(random.integers(SMALL[0], SMALL[1] + 1))
            if available < size // 2:
                continue
            rows = _weighted_sample(random, weights, min(size, available))
            galleries.append(Gallery(owner.id, rows))
    return galleries


def photo_weights(photos: EverydayPhotos, owner: Owner) -> np.ndarray:
    """Give the weight of each photo for an owner: float `(photos,)`."""
    weights = np.zeros(len(photos.names))
    for label, share in owner.labels.items():
        mask = photos.has(label)
        weights = np.maximum(weights, mask * share / max(mask.sum(), 1))
    for source, share in owner.sources.items():
        mask = photos.sources == source
        weights = np.maximum(weights, mask * share / max(mask.sum(), 1))
    return weights


def _weighted_sample(
    random: np.random.Generator, weights: np.ndarray, size: int
) -> np.ndarray:
    """Sample without replacement (Efraimidis and Spirakis, 2006)."""
    with np.errstate(divide="ignore"):
        keys = np.log(weights) + random.gumbel(size=len(weights))
    return np.sort(np.argsort(-keys)[:size])
