"""Lines of text in a map of probabilities (the way of DBNet, Liao and others, 2020)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
ENLARGEMENT = 1.6
"""How much larger than the found middle of a line the line is: DBNet's unclip ratio."""
MINIMUM_SIDE = 3.0
"""Pixels of the map below which a middle is noise."""
VERTICAL = 1.5
"""A rectangle taller than this many widths is a line that runs upwards."""


class FoundLine(NamedTuple):
    """A rectangle around a line of text, in pixels of the map.

    Attributes:
        middle: Column and row of its middle.
        along: Half of the rectangle along the line: columns and rows.
        across: Half of it across the line, downwards for the reader.
        score: Mean probability within it.
    """

    middle: Floats
    along: Floats
    across: Floats
    score: float

    @property
    def corners(self) -> Floats:
        """Corners `(4, 2)`: top left, top right, bottom right, bottom left."""
        signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
        return self.middle + signs[:, :1] * self.along + signs[:, 1:] * self.across


def find_lines(probability: Floats, pixel: float, line: float) -> list[FoundLine]:
    """Find lines of text, top to bottom.

    Args:
        probability: Of each pixel to be in the middle of a line, `(height, width)`.
        pixel: Probability from which on a pixel is.
        line: Least mean probability of a line.
    """
    mask = probability > pixel
    runs = _runs(mask)
    if not len(runs):
        return []
    lengths = runs[:, 2] - runs[:, 1]
    # Set pixels row by row are those of the runs in their order.
    values = probability[mask].astype(np.float64)
    sums = np.add.reduceat(values, np.cumsum(lengths) - lengths)
    found = []
    for own in _connected(runs):
        score = sums[own].sum() / lengths[own].sum()
        if score < line:
            continue
        rectangle = _smallest_rectangle(_outline(runs[own]))
        if rectangle is not None:
            found.append(FoundLine(*rectangle, float(score)))
    return sorted(found, key=lambda one: (one.middle[1], one.middle[0]))


def _runs(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Row, first column and the column after the last of each run of set pixels."""
    height, width = mask.shape
    padded = np.zeros((height, width + 2), np.bool_)
    padded[:, 1:-1] = mask
    # Each run changes twice: where it starts, and after it.
    changes = np.flatnonzero(padded[:, 1:] != padded[:, :-1]).reshape(-1, 2)
    rows, starts = np.divmod(changes[:, 0], width + 1)
    return np.stack([rows, starts, changes[:, 1] - rows * (width + 1)], axis=1)


def _connected(runs: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Group runs that touch, also at a corner: numbers of the runs of each group."""
    parents = list(range(len(runs)))

    def root(run: int) -> int:
        while parents[run] != run:
            parents[run] = parents[parents[run]]
            run = parents[run]
        return run

    listed = runs.tolist()
    above = 0  # the first run of the row above that may touch
    for run, (row, start, end) in enumerate(listed):
        while listed[above][0] < row - 1 or (
            listed[above][0] == row - 1 and listed[above][2] < start
        ):
            above += 1
        other = above
        while other < run and listed[other][0] == row - 1 and listed[other][1] <= end:
            parents[root(other)] = root(run)
            other += 1
    roots = np.array([root(run) for run in range(len(runs))])
    return [np.flatnonzero(roots == one) for one in np.unique(roots)]


def _outline(runs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Corners of all runs that can be on the outline."""
    rows, starts, ends = runs.T
    points = [(starts, rows), (ends, rows), (starts, rows + 1), (ends, rows + 1)]
    every = np.concatenate([np.stack(point, axis=1) for point in points])
    return _hull(np.unique(every, axis=0).tolist())


def _hull(points: list[list[int]]) -> NDArray[np.float64]:
    """Convex hull of sorted points (Andrew's monotone chain)."""

    def half(ordered: list[list[int]]) -> list[list[int]]:
        kept: list[list[int]] = []
        for x, y in ordered:
            while len(kept) > 1:
                (x1, y1), (x2, y2) = kept[-2:]
                if (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) > 0:
                    break
                kept.pop()
            kept.append([x, y])
        return kept[:-1]

    return np.array(half(points) + half(points[::-1]), np.float64)


def _smallest_rectangle(
    hull: NDArray[np.float64],
) -> tuple[Floats, Floats, Floats] | None:
    """Middle and half sides of the smallest rectangle, enlarged to the whole line."""
    edges = np.roll(hull, -1, axis=0) - hull
    directions = edges / np.linalg.norm(edges, axis=1, keepdims=True)
    normals = directions[:, ::-1] * (-1, 1)
    along, across = directions @ hull.T, normals @ hull.T
    lengths, heights = np.ptp(along, axis=1), np.ptp(across, axis=1)
    best = int((lengths * heights).argmin())
    direction, normal = directions[best], normals[best]
    middle = (
        direction * (along[best].min() + along[best].max()) / 2
        + normal * (across[best].min() + across[best].max()) / 2
    )
    length, height = float(lengths[best]), float(heights[best])
    if min(length, height) < MINIMUM_SIDE:
        return None
    if abs(direction[0]) < abs(direction[1]):  # so that it runs to the right
        direction, normal, length, height = normal, direction, height, length
    if height > VERTICAL * length:
        direction, length, height = np.array([-normal[0], -normal[1]]), height, length
        direction = direction if direction[1] < 0 else -direction
    elif direction[0] < 0:
        direction = -direction
    down = np.array([-direction[1], direction[0]])
    more = length * height * ENLARGEMENT / (2 * (length + height))
    return (
        middle.astype(np.float32),
        (direction * (length / 2 + more)).astype(np.float32),
        (down * (height / 2 + more)).astype(np.float32),
    )
