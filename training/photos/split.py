"""Splits the photos into train, validation and test."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from training.arrays import Integers
from training.photos.catalogue import Catalogue
from training.photos.folders import LabelledPhoto

FRACTIONS = {"train": 0.7, "validation": 0.12, "test": 0.18}
CONTRIBUTOR_FRACTIONS = {"train": 0.48, "validation": 0.12, "test": 0.4}
"""Contributors are the only real people here, so more of them are in the test split."""
MAX_PHOTOS_PER_PERSON = 40
"""The paper's users have 5 to 40 photos; bulk senders beyond that go to training."""


def keep_known(
    photos: list[LabelledPhoto], catalogue: Catalogue
) -> list[LabelledPhoto]:
    """Drop the photos of catch-all labels.

    Args:
        photos: Photos of known sets.
        catalogue: Categories and background labels.

    Raises:
        ValueError: A label is neither a category nor a background label.
    """
    kept = []
    for photo in photos:
        key = (photo.source, photo.label)
        if key not in catalogue.by_label and key not in catalogue.roles:
            raise ValueError(
                f"{photo.path}: expected a label of the catalogue, "
                f"received {photo.label!r}"
            )
        if catalogue.roles.get(key) != "dropped":
            kept.append(photo)
    return kept


def contributor_ties(photos: list[LabelledPhoto]) -> Iterator[tuple[int, int]]:
    """Pair each contributor's photos, so that none is in two splits."""
    first: dict[int, int] = {}
    for i, photo in enumerate(photos):
        if photo.contributor >= 0:
            yield first.setdefault(photo.contributor, i), i


def photo_table(
    photos: list[LabelledPhoto], group: Integers, catalogue: Catalogue, seed: int
) -> pd.DataFrame:
    """Make the table of photos with its split; the row number is the photo index.

    Args:
        photos: Photos to split.
        group: int (photos,): photos of one group stay in one split.
        catalogue: Categories and roles of background labels.
        seed: Seed of the shuffle within each class.

    Returns:
        Columns photo, source, path, category, label, none_role, contributor,
        split, group.
    """
    table = pd.DataFrame([vars(photo) for photo in photos])
    keys = list(zip(table["source"], table["label"], strict=True))
    table.insert(0, "photo", np.arange(len(table), dtype=np.int32))
    table["category"] = [
        catalogue.by_label[k].id if k in catalogue.by_label else "" for k in keys
    ]
    table["none_role"] = [catalogue.roles.get(k, "") for k in keys]
    table["group"] = group.astype(np.int32)
    table["split"] = table["group"].map(assign_splits(table, seed))
    numbers = {c: i for i, c in enumerate(sorted(set(table["contributor"]) - {-1}))}
    table["contributor"] = [numbers.get(c, -1) for c in table["contributor"]]
    table["contributor"] = table["contributor"].astype(np.int32)
    columns = "photo source path category label none_role contributor split group"
    return table[columns.split()]


def assign_splits(
    table: pd.DataFrame,
    seed: int,
    fractions: Mapping[str, float] = FRACTIONS,
    fixed: Mapping[int, str] | None = None,
) -> dict[int, str]:
    """Give whole groups to splits: fixed ones first, then the rest class by class.

    Args:
        table: Columns group, source, label, none_role, contributor, photo.
        seed: Seed of the shuffle within each class.
        fractions: Share of each split in a class of objects.
        fixed: Split of groups that are assigned already.

    Returns:
        The split of each group, the fixed ones included.
    """
    assigned = dict(fixed or {})
    people = table[table["contributor"] >= 0]
    counts = people.groupby("contributor")["photo"].transform("size")
    many = people.loc[counts > MAX_PHOTOS_PER_PERSON, "group"]
    assigned |= dict.fromkeys(many, "train")
    unseen = table.loc[table["none_role"] == "unseen", "group"]
    assigned |= dict.fromkeys(unseen, "test")
    generator = np.random.default_rng(seed)
    _fill(assigned, people["group"], CONTRIBUTOR_FRACTIONS, generator)
    objects = table[table["contributor"] < 0]
    for _, members in objects.groupby(["source", "label"], sort=True):
        _fill(assigned, members["group"], fractions, generator)
    return assigned


def _fill(
    assigned: dict[int, str],
    members: pd.Series,
    fractions: Mapping[str, float],
    generator: np.random.Generator,
) -> None:
    """Give each group to the split that lacks most, largest groups first."""
    sizes = members.value_counts()
    free = generator.permutation(sorted(set(sizes.index) - set(assigned)))
    total = sizes[free].sum()
    filled = dict.fromkeys(fractions, 0)
    for group in sorted(free, key=lambda g: -sizes[g]):
        lacking = max(fractions, key=lambda s: fractions[s] - filled[s] / total)
        assigned[group] = lacking
        filled[lacking] += sizes[group]
