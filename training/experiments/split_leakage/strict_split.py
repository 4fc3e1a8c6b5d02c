"""A split by shop, burst and mirror image, beside near-duplicates and contributors."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from training.features.feature_set import FeatureSet
from training.photos.duplicates import connected
from training.photos.prepare import SPLIT_SEED
from training.photos.split import FRACTIONS, assign_splits

Pairs = list[tuple[int, int]]


@dataclass(frozen=True)
class StrictSplit:
    """Which photos must stay together.

    Attributes:
        cosine: Photos of one set whose standardised features have a larger cosine
            belong to one burst.
        test_folder: Grocery photos below this folder, which the set's authors took in
            other shops, are its test.
        seed: Seed of the shuffle within each class.
    """

    cosine: float = 0.9
    test_folder: str = "images_grocery/test/"
    seed: int = SPLIT_SEED


def unit_features(feature_set: FeatureSet) -> np.ndarray:
    """Features standardised on training photos, of length 1: float32."""
    values = feature_set.features.astype(np.float32)
    known = values[feature_set.rows("train")]
    values = (values - known.mean(axis=0)) / np.maximum(known.std(axis=0), 1)
    return values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9)


def burst_pairs(units: np.ndarray, sources: np.ndarray, cosine: float) -> Pairs:
    """List the pairs (i < j) of one photo set with a larger cosine.

    Args:
        units: Unit vectors `(photos, dimension)`.
        sources: Photo set of each, `(photos,)`.
        cosine: Bound.
    """
    found: Pairs = []
    for source in np.unique(sources):
        rows = np.flatnonzero(sources == source)
        near = np.triu(units[rows] @ units[rows].T, k=1) > cosine
        found += [(int(rows[i]), int(rows[j])) for i, j in np.argwhere(near)]
    return found


def split_strictly(
    photos: pd.DataFrame, bursts: Pairs, mirrors: Pairs, config: StrictSplit
) -> pd.DataFrame:
    """Split photos so that related ones stay together.

    Args:
        photos: Table as `prepare_photos` gives; its groups (near-duplicates and
            contributors) stay together too.
        bursts: Pairs of photo indices that belong together.
        mirrors: Further such pairs.
        config: Which photos are the test of their set.

    Returns:
        The table with other `split` and `group`. A grocery photo of the authors'
        training shops that is tied to one of the test shops is in the test.
    """
    ties = [*bursts, *mirrors, *_of_groups(photos["group"].to_numpy())]
    table = photos.assign(group=connected(len(photos), ties))
    in_test = table["path"].str.startswith(config.test_folder)
    grocery = table["source"] == "grocery"
    fixed = dict.fromkeys(table.loc[in_test, "group"], "test")
    rest = {name: FRACTIONS[name] for name in ("train", "validation")}
    first = assign_splits(table[grocery], config.seed, rest, fixed)
    other = assign_splits(table[~grocery], config.seed, FRACTIONS, first)
    return table.assign(split=table["group"].map(other))


def _of_groups(groups: np.ndarray) -> Iterable[tuple[int, int]]:
    first: dict[int, int] = {}
    for row, group in enumerate(groups.tolist()):
        if group in first:
            yield first[group], row
        first.setdefault(group, row)
