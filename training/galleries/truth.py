"""Which claims each photo supports, by the labels of its set. Strict.

A claim is an interest or a kind. An interest is right in a gallery if one of its photos
has a label that supports it (`label_interests.csv`); a kind is right if it belongs,
with a weight of `KIND_WEIGHT` or more, to such an interest.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.csv_rows import read_csv_rows
from training.galleries.config import HERE
from training.galleries.photos import EverydayPhotos
from training.vocabulary.interests import Interests

TABLE = "label_interests.csv"
KIND_WEIGHT = 0.3


@dataclass(frozen=True)
class LabelInterests:
    """What a label of the photo sets supports.

    Attributes:
        interest: For each label the interest that it names, "" for none.
        accepted: For each label all interests that it supports.
    """

    interest: dict[str, str]
    accepted: dict[str, frozenset[str]]


def load_label_interests(
    interests: Interests, path: Path = HERE / TABLE
) -> LabelInterests:
    """Read the table.

    Raises:
        ValueError: It names an interest that is not in the taxonomy.
    """
    named, accepted = {}, {}
    for row in read_csv_rows(path):
        also = [one for one in row["also"].split(";") if one]
        named[row["label"]] = row["interest"]
        accepted[row["label"]] = frozenset([row["interest"], *also]) - {""}
    unknown = sorted(frozenset().union(*accepted.values()) - set(interests.index))
    if unknown:
        raise ValueError(f"{path}: expected known interests, received {unknown}")
    return LabelInterests(named, accepted)


@dataclass(frozen=True, eq=False)
class Truth:
    """What the photos support.

    Attributes:
        interests: bool `(photos, interests)`.
        kinds: bool `(photos, kinds)`.
        named: bool `(photos, interests)`: the interest that a label names.
    """

    interests: np.ndarray
    kinds: np.ndarray
    named: np.ndarray


def photo_truth(
    photos: EverydayPhotos, interests: Interests, table: LabelInterests
) -> Truth:
    """Look up what the labels of each photo support.

    Raises:
        KeyError: A photo has a label that the table lacks.
    """
    shape = len(photos.names), len(interests.interests)
    supported, named = np.zeros(shape, bool), np.zeros(shape, bool)
    for row, labels in enumerate(photos.labels):
        for label in labels:
            for interest in table.accepted[label]:
                supported[row, interests.index[interest]] = True
            if table.interest[label]:
                named[row, interests.index[table.interest[label]]] = True
    belongs = interests.weights >= KIND_WEIGHT
    kinds = supported.astype(np.float32) @ belongs.T.astype(np.float32) > 0
    return Truth(supported, kinds, named)
