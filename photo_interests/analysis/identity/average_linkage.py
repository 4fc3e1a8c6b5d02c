"""Average linkage of clusters by chains of nearest neighbours."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_interests.analysis.identity.clusters import Floats

BLOCK = 256
"""Units whose distances to all others are in memory at once."""


@dataclass
class Units:
    """Clusters that are joined, by their sums; squared distances are exact from them.

    Attributes:
        means: Mean embedding of each, `(units, width)`.
        spreads: Mean squared length of its embeddings, `(units,)`.
        counts: Number of its faces, `(units,)`.
        kept: Whether a person decided on it, `(units,)`: two such are never joined.
    """

    means: Floats
    spreads: Floats
    counts: NDArray[np.int64]
    kept: NDArray[np.bool_]

    def take(self, rows: NDArray[np.int64]) -> "Units":
        """Return some of the units."""
        return Units(
            self.means[rows], self.spreads[rows], self.counts[rows], self.kept[rows]
        )


def link(units: Units, distance: float) -> NDArray[np.int64]:
    """Join units until all are further from each other than a distance.

    Distance is the root of the mean squared distance between all pairs of faces of two
    units: average linkage (Sokal and Michener, 1958). It is reducible, so that chains
    of nearest neighbours find what the closest pair first would find (Murtagh, 1983),
    with memory for the units alone. The result does not depend on their order.

    Args:
        units: Not changed.
        distance: Largest distance of two units that are joined.

    Returns:
        Number of the group of each unit, from 0 on without gaps, `(units,)`.
    """
    limit = distance**2
    labels = np.arange(len(units.counts))
    for part in near_parts(units, limit):
        labels[part] = part[_link(units.take(part), limit)]
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def near_parts(units: Units, limit: float) -> Iterator[NDArray[np.int64]]:
    """Yield the parts that units fall into when near ones are connected.

    Units of different parts are never joined, so that each part is linked by itself. A
    unit that no other is near to is in no part.

    Args:
        units: Units.
        limit: Largest squared distance of near units.
    """
    rest = np.flatnonzero(_has_near(units, limit))
    while rest.size:
        part, frontier, rest = rest[:1], rest[:1], rest[1:]
        while frontier.size and rest.size:
            near = np.zeros(rest.size, bool)
            for start in range(0, frontier.size, BLOCK):
                block = frontier[start : start + BLOCK]
                near |= (_squared(units, block, rest) <= limit).any(axis=0)
            frontier, rest = rest[near], rest[~near]
            part = np.concatenate([part, frontier])
        yield part


def _has_near(units: Units, limit: float) -> NDArray[np.bool_]:
    every = np.arange(len(units.counts))
    found = [np.zeros(0, bool)]
    for start in range(0, len(every), BLOCK):
        block = every[start : start + BLOCK]
        squared = _squared(units, block, every)
        squared[np.arange(len(block)), block] = np.inf
        found.append(squared.min(axis=1) <= limit)
    return np.concatenate(found)


def _squared(
    units: Units, some: NDArray[np.int64], others: NDArray[np.int64]
) -> Floats:
    """Mean squared distances of some units to others, `(some, others)`."""
    squared = units.means[some] @ (-2 * units.means[others]).T
    squared += units.spreads[some][:, None]
    squared += units.spreads[others]
    return squared


def _link(units: Units, limit: float) -> NDArray[np.int64]:
    """Return the unit that each one is joined to, `(units,)`."""
    state = _State(units)
    while state.active.size:
        if not state.chain:
            state.chain.append(int(state.active[0]))
        tip = state.chain[-1]
        before = state.chain[-2] if len(state.chain) > 1 else None
        nearest, squared = state.nearest(tip, before)
        if nearest is None or squared > limit:
            state.finish(tip)
        elif nearest == before:
            state.join(tip, nearest)
        else:
            state.chain.append(nearest)
    return state.roots()


class _State:
    """What is left to join, and what was joined to what."""

    def __init__(self, units: Units) -> None:
        self._means, self._spreads = units.means.copy(), units.spreads.copy()
        self._counts, self._kept = units.counts.astype(np.float64), units.kept.copy()
        self._parents = np.arange(len(units.counts))
        self._compact = np.arange(len(units.counts))
        self._rows = units.means.copy()
        self._done = np.zeros(len(units.counts), bool)
        self.active = self._compact
        self.chain: list[int] = []

    def nearest(self, tip: int, before: int | None) -> tuple[int | None, float]:
        """The nearest active unit; where several are, the one before in the chain."""
        others = self._compact
        squared = self._rows @ (-2 * self._means[tip])
        squared += self._spreads[others] + self._spreads[tip]
        closed = self._done[others] | (others == tip)
        if self._kept[tip]:
            closed |= self._kept[others]
        squared[closed] = np.inf
        place = int(squared.argmin())
        best = float(squared[place])
        if not np.isfinite(best):
            return None, best
        if before is not None:
            (at,) = np.flatnonzero(others == before)
            if squared[at] <= best:
                return before, best
        return int(others[place]), best

    def finish(self, unit: int) -> None:
        """A unit without near ones stays as it is, whatever others do."""
        self._done[unit] = True
        self.chain.pop()
        self._shrink()

    def join(self, one: int, other: int) -> None:
        """Put a unit into another."""
        del self.chain[-2:]
        total = self._counts[one] + self._counts[other]
        share = self._counts[one] / total
        for values in (self._means, self._spreads):
            values[other] = share * values[one] + (1 - share) * values[other]
        self._counts[other] = total
        self._kept[other] |= self._kept[one]
        self._parents[one] = other
        self._done[one] = True
        self._rows[self._compact == other] = self._means[other]
        self._shrink()

    def roots(self) -> NDArray[np.int64]:
        """The unit that each one is part of."""
        roots = self._parents
        while not np.array_equal(roots, roots[roots]):
            roots = roots[roots]
        return roots

    def _shrink(self) -> None:
        """Forget finished units once they are half of all."""
        open_ = ~self._done[self._compact]
        self.active = self._compact[open_]
        if 2 * self.active.size < self._compact.size:
            self._compact = self.active
            self._rows = self._rows[open_]
