"""Groups of the faces of one set of photos, kept only while a program runs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from photo_interests.analysis.identity.average_linkage import Units, link
from photo_interests.analysis.identity.clusters import Clusters, Floats
from photo_interests.analysis.rows import GroupedFace, PhotoRow

MINIMUM_PHOTOS = 2
"""Photos of a group: a face on one photo alone is in no group."""


def group_people(
    rows: Sequence[PhotoRow], thresholds: Mapping[str, float]
) -> tuple[PhotoRow, ...]:
    """Group the faces of photos, and drop the numbers that tell people apart.

    Args:
        rows: Rows with embedded faces.
        thresholds: Of the analyzer's card: `radius` and `distance`.

    Returns:
        The rows with the faces that are on two photos or more. Groups have numbers from
        1 on; the group on most photos has the first.
    """
    places = [
        (index, face.box)
        for index, row in enumerate(rows)
        for face in row.identity or ()
    ]
    found: dict[int, list[GroupedFace]] = defaultdict(list)
    if places:
        embeddings = [face.embedding for row in rows for face in row.identity or ()]
        labels = group(np.stack(embeddings), thresholds)
        numbers = _numbers(labels, np.array([index for index, _ in places]))
        for label, (index, box) in zip(labels, places, strict=True):
            if label in numbers:
                found[index].append(GroupedFace(numbers[label], box))
    return tuple(
        replace(row, identity=None, same_person=tuple(found[index]))
        for index, row in enumerate(rows)
    )


def _numbers(labels: NDArray[np.int64], photos: NDArray[np.int64]) -> dict[int, int]:
    """Number the groups on several photos, those on most photos first."""
    on = {int(label): set(photos[labels == label].tolist()) for label in set(labels)}
    shown = [label for label in on if len(on[label]) >= MINIMUM_PHOTOS]
    shown.sort(key=lambda label: (-len(on[label]), min(on[label])))
    return {label: number for number, label in enumerate(shown, start=1)}


def group(embeddings: Floats, thresholds: Mapping[str, float]) -> NDArray[np.int64]:
    """Return the number of the group of each face, `(faces,)`.

    Args:
        embeddings: `(faces, width)`.
        thresholds: `radius` of clusters, and `distance` of groups that are joined.
    """
    clusters = Clusters(embeddings.shape[1], thresholds["radius"])
    placed = clusters.add(embeddings)
    return link(units_of(clusters), thresholds["distance"])[placed]


def units_of(clusters: Clusters, kept: NDArray[np.bool_] | None = None) -> Units:
    """Return clusters as units that can be joined.

    Args:
        clusters: Each with a face or more.
        kept: Whether a person decided on it, `(clusters,)`; none of them if None.
    """
    shares = (1 / clusters.counts).astype(np.float32)
    return Units(
        clusters.sums * shares[:, None],
        clusters.squares * shares,
        clusters.counts,
        np.zeros(len(shares), bool) if kept is None else kept,
    )
