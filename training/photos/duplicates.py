"""Groups of near-duplicate photos, by perceptual hash."""

import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import imagehash
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from photo_interests.photos.processes import worker_context
from training.arrays import Bytes, Integers
from training.runs import tracked

MAX_DISTANCE_BITS = 6
"""Photos at most this many of 64 bits apart count as near-duplicates."""


def perceptual_hashes(paths: list[Path], mirrored: bool = False) -> Bytes:
    """Hash every photo (Zauner 2010, DCT hash, by `imagehash`).

    Args:
        paths: Photos.
        mirrored: Whether their mirror images are hashed instead.

    Returns:
        uint8 array (photos, 8): 64 bits a photo, packed.
    """
    with ProcessPoolExecutor(os.cpu_count(), worker_context()) as pool:
        hashes = pool.map(partial(_hash, mirrored=mirrored), paths, chunksize=64)
        rows = list(tracked(hashes, "Hashing photos", total=len(paths)))
    return np.packbits(np.array(rows, bool).reshape(len(rows), 64), axis=1)


def groups(hashes: Bytes, tied: Iterable[tuple[int, int]] = ()) -> Integers:
    """Number the groups of photos that must stay together.

    Args:
        hashes: uint8 (photos, 8), as `perceptual_hashes` gives.
        tied: Further pairs of photo indices that belong together.

    Returns:
        int32 (photos,): the group of each photo; being near is transitive.
    """
    return connected(len(hashes), [*near_pairs(hashes), *tied])


def connected(photos: int, pairs: Iterable[tuple[int, int]]) -> Integers:
    """Number the groups that pairs of photo indices connect, int32 `(photos,)`."""
    edges = np.array(list(pairs), np.int64).reshape(-1, 2)
    matrix = coo_array(
        (np.ones(len(edges), bool), (edges[:, 0], edges[:, 1])), shape=(photos, photos)
    )
    return connected_components(matrix, directed=False)[1].astype(np.int32)


def near_pairs(hashes: Bytes) -> list[tuple[int, int]]:
    """List the pairs (i < j) at most `MAX_DISTANCE_BITS` apart."""
    return mirror_pairs(hashes, hashes)


def mirror_pairs(hashes: Bytes, mirrored: Bytes) -> list[tuple[int, int]]:
    """List the pairs (i < j) of which one photo is like the other's mirror image.

    Args:
        hashes: uint8 (photos, 8), as `perceptual_hashes` gives.
        mirrored: The same of the mirror images.
    """
    words, others = hashes.view(np.uint64).ravel(), mirrored.view(np.uint64).ravel()
    found: list[tuple[int, int]] = []
    for i in range(len(words) - 1):
        distances = np.bitwise_count(words[i + 1 :] ^ others[i])
        near = np.flatnonzero(distances <= MAX_DISTANCE_BITS)
        found.extend((i, int(j)) for j in near + i + 1)
    return found


def _hash(path: Path, mirrored: bool) -> npt.NDArray[np.bool_]:
    with Image.open(path) as image:
        shown = image.convert("RGB")
        return imagehash.phash(ImageOps.mirror(shown) if mirrored else shown).hash
