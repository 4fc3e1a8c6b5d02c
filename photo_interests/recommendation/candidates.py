"""Which items of a large catalogue to look at closely: near neighbours by usearch.

Up to `EXACT_ITEMS` all are scored. Above, an index over the features, built once beside
the catalogue, gives the items most like each photo, and only these are scored.
"""

import glob
import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_interests.files import writing
from photo_interests.recommendation.item_scores import (
    UserPreferenceProfile,
    unit_vectors,
)

EXACT_ITEMS = 100_000
NEIGHBOURS = 400
"""Of each photo; several times what a list shows, since a photo's own neighbours may be
of no interest."""
PHOTOS = 500
"""Number of photos that are searched for, those with the strongest interests."""


def candidates(
    profile: UserPreferenceProfile,
    features: NDArray[np.uint8],
    beside: Path,
    exact_items: int = EXACT_ITEMS,
) -> NDArray[np.int64] | None:
    """Rows of the items to score, or None for all of them.

    Args:
        profile: Preference profile of the person.
        features: Stored features of all items, uint8 `(items, dimension)`.
        beside: File of the catalogue; the index is kept next to it.
        exact_items: Number of items up to which all are scored.

    Raises:
        ValueError: An index is needed and usearch is not installed.
    """
    if len(features) <= exact_items:
        return None
    index = _index(features, beside)
    strongest = np.argsort(-profile.interests.sum(axis=1), kind="stable")[:PHOTOS]
    found = index.search(profile.features[strongest], NEIGHBOURS)
    return np.unique(np.asarray(found.keys, np.int64))


def index_path(features: NDArray[np.uint8], beside: Path) -> Path:
    """Where the index of these very features is kept."""
    digest = hashlib.sha256(features.tobytes()).hexdigest()[:16]
    return beside.with_name(f"{beside.name}.{digest}.usearch")


def _index(features: NDArray[np.uint8], beside: Path):  # type: ignore[no-untyped-def]
    try:
        from usearch.index import Index
    except ImportError as error:
        raise ValueError(
            f"{len(features)} items: more than are scored one by one need "
            "pip install 'photo-interests[recommend]'"
        ) from error
    path = index_path(features, beside)
    index = Index(ndim=features.shape[1], metric="cos", dtype="i8")
    if path.is_file():
        index.load(str(path))
        return index
    index.add(np.arange(len(features)), unit_vectors(features))
    with writing(path) as temporary:
        index.save(str(temporary))
    for old in path.parent.glob(f"{glob.escape(beside.name)}.*.usearch"):
        if old != path:
            old.unlink(missing_ok=True)
    return index
