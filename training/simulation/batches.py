"""Batches of user sets of similar size, padded to the longest of the batch."""

from collections.abc import Sequence

import numpy as np

from training.simulation.user_sets import UserSet

MAXIMUM_PHOTOS = 16_384
"""Padded photos of a batch: 16 MiB of uint8 features, 64 MiB once they are float32."""


def batch_rows(
    lengths: np.ndarray,
    batch_size: int,
    seed: int | None = None,
    maximum_photos: int = MAXIMUM_PHOTOS,
) -> list[np.ndarray]:
    """Split sets into batches of similar length.

    Args:
        lengths: int `(sets,)`, photos of each.
        batch_size: Sets of a batch at most.
        seed: Shuffles sets of the same size and the order of the batches; without
            one, sets come in order of their size.
        maximum_photos: Padded photos of a batch at most, which bounds the memory. A
            longer single set makes a batch of its own.

    Returns:
        Row numbers of each batch; together a permutation of all rows.

    Raises:
        ValueError: A length or the batch size is less than 1.
    """
    if batch_size < 1 or (len(lengths) and lengths.min() < 1):
        raise ValueError(
            "batches: expected a batch size and sets of at least 1, received batch "
            f"size {batch_size} and sets from {min(lengths, default=0)} photos"
        )
    random = np.random.default_rng(seed)
    rows = np.arange(len(lengths)) if seed is None else random.permutation(len(lengths))
    rows = rows[np.argsort(lengths[rows], kind="stable")]
    cut = _cut(lengths[rows], batch_size, maximum_photos)
    chunks = np.split(rows, cut) if len(rows) else []
    if seed is not None:
        random.shuffle(chunks)
    return chunks


def padded(
    sets: Sequence[UserSet], features: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Gather the features of sets of differing sizes.

    Args:
        sets: Users.
        features: uint8 `(all photos, dimension)`.

    Returns:
        uint8 `(sets, photos, dimension)` with zeros where padded, and the bool mask
        `(sets, photos)`.
    """
    lengths = np.array([len(s.photos) for s in sets])
    mask = np.arange(lengths.max()) < lengths[:, None]
    gathered = np.zeros((*mask.shape, features.shape[1]), features.dtype)
    gathered[mask] = features[np.concatenate([s.photos for s in sets])]
    return gathered, mask


def _cut(lengths: np.ndarray, batch_size: int, maximum_photos: int) -> list[int]:
    """Where to cut ascending lengths."""
    cuts, start = [], 0
    for row, length in enumerate(lengths.tolist()):
        size = row - start + 1
        if size > batch_size or (size > 1 and size * length > maximum_photos):
            cuts.append(row)
            start = row
    return cuts
