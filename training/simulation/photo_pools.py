"""The photos of one split, by category, from which simulated users are given theirs."""

from dataclasses import dataclass

import numpy as np

from training.features.feature_set import FeatureSet


@dataclass(frozen=True, eq=False)
class PhotoPools:
    """Photo numbers of one split.

    Attributes:
        categories: For each of the D categories its photos, int32.
        none: Background photos by role (seen or unseen in training), where there are
            any.
    """

    categories: tuple[np.ndarray, ...]
    none: dict[str, np.ndarray]

    @classmethod
    def of_split(cls, feature_set: FeatureSet, split: str) -> "PhotoPools":
        """Collect the photos of a split.

        Raises:
            ValueError: The split has no photo with a category, or no background photo.
        """
        rows = feature_set.rows(split)
        indices = feature_set.category_indices[rows]
        roles = feature_set.photos["none_role"].to_numpy()[rows]
        if not (indices >= 0).any() or not (indices < 0).any():
            raise ValueError(
                f"split {split!r}: expected photos of interests and of no interest, "
                f"received {(indices >= 0).sum()} and {(indices < 0).sum()}"
            )
        return cls(
            tuple(rows[indices == c] for c in range(len(feature_set.categories))),
            {role: rows[roles == role] for role in sorted(set(roles) - {""})},
        )

    @property
    def available(self) -> np.ndarray:
        """Bool `(categories,)`: which have a photo in this split."""
        return np.array([len(pool) > 0 for pool in self.categories])


def sample_without_replacement(
    random: np.random.Generator, users: np.ndarray, pool: np.ndarray
) -> np.ndarray:
    """Sample photos of a pool for users, for each user without replacement.

    Only a user with more photos than the pool gets photos twice, and none a third time
    before all came twice.

    Args:
        random: Random number generator.
        users: int `(photos,)`, ascending, the user of each sample.
        pool: int32, photo numbers.

    Returns:
        int32 `(photos,)`.

    Raises:
        ValueError: The pool is empty.
    """
    if not len(pool):
        raise ValueError("pool: expected photos to sample from, received none")
    _, first, hand = np.unique(users, return_index=True, return_inverse=True)
    turn = np.arange(len(users)) - first[hand]
    shuffled = random.random((len(first), len(pool)), np.float32).argsort(axis=1)
    return pool[shuffled[hand, turn % len(pool)]]
