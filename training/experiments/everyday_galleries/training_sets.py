"""Sets of photos with interests to train the published networks on.

They get what our own weights learn from: photos and labels of the photo head, put
together to sets. No weight learns from the everyday photos that galleries are of.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from training.csv_rows import read_csv_rows
from training.features.feature_set import FeatureSet
from training.galleries.config import SMALL
from training.galleries.cross_validation import repeated
from training.galleries.galleries import Gallery
from training.galleries.truth import KIND_WEIGHT
from training.interests import extract, photo_groups
from training.interests.drawn_kinds import DRAWINGS
from training.interests.photo_groups import PhotoGroups
from training.interests.released_heads import BUNDLE
from training.interests.training_photos import FOLDERS, SCENE_LABELS
from training.vocabulary.interests import Interests

COMPOSED = 240
"""Sets of an epoch."""
INTERESTS_OF_A_SET = (2, 8)
SHARE_OF_AN_INTEREST = (0.02, 0.4)


class Photos(NamedTuple):
    """Photos to put sets together from.

    Attributes:
        features: uint8 `(photos, 1024)`.
        truth: Interests that each supports, bool `(photos, interests)`.
        sources: Set of those that galleries have photos of too, "" of others.
    """

    features: np.ndarray
    truth: np.ndarray
    sources: np.ndarray


class Sets(NamedTuple):
    """Sets to train on; each has the rows of its photos, and its interests."""

    rows: list[np.ndarray]
    truth: np.ndarray


def head_photos(
    data: Path, cache: Path, stored: FeatureSet, interests: Interests
) -> Photos:
    """Give the photos that the photo head learns from, with their interests."""
    bundle = find_bundle(BUNDLE)
    groups = PhotoGroups(data, extract.rule_of(bundle))
    extractor = Extractor(bundle)
    table = stored.photos.iloc[stored.rows("train")]
    faces = table["label"] == "Faces"
    kinds = [[one] for one in table["category"].where(~faces, "everyday.portrait")]
    features = [stored.features[stored.rows("train")]]
    sources = [""] * len(kinds)
    for group in (
        photo_groups.SCENES,
        photo_groups.TRAIN,
        photo_groups.SUNSET,
        *DRAWINGS,
    ):
        pixels = extract.lazily(groups, group)
        features.append(extract.features_of(group, pixels, extractor, cache))
        count = len(features[-1])
        kinds += _kinds(groups, group, count)
        sources += (
            [row["source"] for row in extract.everyday_rows(data, "train.csv")]
            if group == photo_groups.TRAIN
            else [""] * count
        )
    belongs = interests.weights >= KIND_WEIGHT
    truth = np.zeros((len(kinds), belongs.shape[1]), bool)
    for row, ids in zip(truth, kinds, strict=True):
        for kind in filter(None, ids):
            row |= belongs[interests.kind_index[kind]]
    return Photos(np.concatenate(features), truth, np.array(sources))


def compose(
    photos: Photos, shown: np.ndarray, count: int, seed: int, without: str = ""
) -> Sets:
    """Put sets of some interests together, the rest being any photos.

    Args:
        photos: To draw from, without replacement inside a set.
        shown: Interests that can be drawn, bool `(interests,)`.
        count: Sets.
        seed: Of everything random.
        without: Source whose photos are not drawn; "" for none.
    """
    random = np.random.default_rng(seed)
    index = np.flatnonzero((photos.sources != without) | (without == ""))
    supported = photos.truth[index]
    available = np.flatnonzero(supported.any(axis=0) & shown)
    rows, truth = [], []
    for _ in range(count):
        size = int(random.integers(SMALL[0], SMALL[1] + 1))
        drawn = []
        for interest in random.choice(
            available, int(random.integers(*INTERESTS_OF_A_SET)), replace=False
        ):
            mine = np.flatnonzero(supported[:, interest])
            wanted = int(np.ceil(size * random.uniform(*SHARE_OF_AN_INTEREST)))
            drawn.append(random.permutation(mine)[:wanted])
        some = random.permutation(np.unique(np.concatenate(drawn)))[:size]
        rest = random.permutation(len(index))
        rest = rest[~np.isin(rest, some)][: size - len(some)]
        rows.append(index[np.concatenate([some, rest])])
        truth.append(repeated(photos.truth, Gallery("composed", rows[-1])))
    return Sets(rows, np.stack(truth))


def _kinds(groups: PhotoGroups, group: str, count: int) -> list[list[str]]:
    if group in DRAWINGS:
        return [[DRAWINGS[group].kind]] * count
    if group == photo_groups.SUNSET:
        return [["everyday.sunset"]] * count
    if group == photo_groups.TRAIN:
        rows = extract.everyday_rows(groups.data, "train.csv")
        return [[FOLDERS[row["source"]]] for row in rows]
    people = {
        row["photo"] for row in read_csv_rows(SCENE_LABELS) if row["label"] == "people"
    }
    names = ["/".join(path.parts[-2:]) for path in groups.paths(group)]
    return [
        [f"scene.{name.split('/')[0]}", *(["everyday.people"] * (name in people))]
        for name in names
    ]
