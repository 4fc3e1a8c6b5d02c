"""Triples for Bayesian personalised ranking: a user, an item taken, one not taken.

Rendle et al., "BPR: Bayesian Personalized Ranking from Implicit Feedback" (UAI 2009).
"""

from collections.abc import Iterator

import numpy as np


class TripleSampler:
    """Draws triples from training pairs.

    What was not taken is drawn from the items that somebody took: an item that
    no user took may not have been there, and is no evidence of dislike.

    Args:
        pairs: int `(pairs, 2)` of user and item.
        items: How many there are.
        seed: Of everything drawn.

    Raises:
        ValueError: There is no pair, or a user took every item.
    """

    def __init__(self, pairs: np.ndarray, items: int, seed: int) -> None:
        if not len(pairs):
            raise ValueError(
                "pairs: expected at least one to learn from, received none"
            )
        self._pairs = pairs.astype(np.int64)
        self._items = items
        self._there = np.unique(self._pairs[:, 1])
        most = int(np.bincount(self._pairs[:, 0]).max())
        if most >= len(self._there):
            raise ValueError(
                f"pairs: expected users to leave some of {len(self._there)} items, "
                f"received one who took {most}"
            )
        self._keys = np.sort(self._pairs[:, 0] * items + self._pairs[:, 1])
        self._random = np.random.default_rng(seed)

    def epoch(self) -> np.ndarray:
        """Every pair once in random order, each with an item that was not taken.

        Returns:
            int32 `(pairs, 3)`.
        """
        pairs = self._random.permutation(self._pairs)
        others = self._untaken(pairs[:, 0])
        return np.column_stack([pairs, others]).astype(np.int32)

    def blocks(self, items: int, negatives: int) -> Iterator[np.ndarray]:
        """Go once through the pairs in groups that need few different items.

        A network over pictures then sees each picture of a block once, however many
        triples it is in. Blocks are drawn again each time, so that over the epochs any
        item is set against any other.

        Args:
            items: Of a block at most.
            negatives: Items set against each pair.

        Yields:
            int32 `(triples, 3)`.
        """
        order = self._random.permutation(self._there)
        for start in range(0, len(order), items):
            block = order[start : start + items]
            inside = self._pairs[np.isin(self._pairs[:, 1], block)]
            pairs = np.repeat(inside, negatives, axis=0)
            others = block[self._random.integers(len(block), size=len(pairs))]
            good = ~self._is_taken(pairs[:, 0], others)
            if good.any():
                yield np.column_stack([pairs, others])[good].astype(np.int32)

    def _untaken(self, users: np.ndarray) -> np.ndarray:
        others = self._random.choice(self._there, len(users))
        while (again := np.flatnonzero(self._is_taken(users, others))).size:
            others[again] = self._random.choice(self._there, len(again))
        return others

    def _is_taken(self, users: np.ndarray, items: np.ndarray) -> np.ndarray:
        keys = users * self._items + items
        places = np.searchsorted(self._keys, keys)
        return self._keys[np.minimum(places, len(self._keys) - 1)] == keys
