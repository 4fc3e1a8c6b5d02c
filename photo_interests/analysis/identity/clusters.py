"""Small clusters of faces that grow as photos are scanned.

The leaves of BIRCH (Zhang, Ramakrishnan and Livny, 1996): of each cluster only the
number of its faces, their sum and the sum of their squares are needed, and the mean
squared distance between all faces of two clusters is exact from these.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
BATCH = 256
"""Faces that are compared with all clusters at once."""


class Clusters:
    """Clusters so tight that each is of one person.

    Attributes:
        radius: Largest root of the mean squared distance between a face and the faces
            of the cluster that it joins.
    """

    def __init__(self, width: int, radius: float) -> None:
        """Start without faces.

        Args:
            width: Numbers of an embedding.
            radius: See above.
        """
        self.radius = radius
        self._number = 0
        self._sums = np.zeros((BATCH, width), np.float32)
        self._squares = np.zeros(BATCH, np.float32)
        self._counts = np.zeros(BATCH, np.int64)

    @property
    def sums(self) -> Floats:
        """Sum of the embeddings of each cluster, `(clusters, width)`."""
        return self._sums[: self._number]

    @property
    def squares(self) -> Floats:
        """Sum of their squared lengths, `(clusters,)`."""
        return self._squares[: self._number]

    @property
    def counts(self) -> NDArray[np.int64]:
        """Number of faces of each cluster, `(clusters,)`."""
        return self._counts[: self._number]

    def add(self, embeddings: Floats) -> NDArray[np.int64]:
        """Put faces into the nearest cluster, or into new ones.

        Args:
            embeddings: `(faces, width)`.

        Returns:
            Index of the cluster of each face, `(faces,)`. Clusters keep their index.
        """
        placed = [
            self._add_batch(embeddings[start : start + BATCH])
            for start in range(0, len(embeddings), BATCH)
        ]
        return np.concatenate([*placed, np.empty(0, np.int64)])

    def restore(self, embeddings: Floats, clusters: NDArray[np.int64]) -> None:
        """Count faces whose clusters are known.

        Args:
            embeddings: `(faces, width)`.
            clusters: Index of the cluster of each, `(faces,)`.
        """
        squares = (embeddings**2).sum(axis=1)
        self.join(clusters, embeddings, squares, np.ones(len(clusters), np.int64))

    def join(
        self,
        indices: NDArray[np.int64],
        sums: Floats,
        squares: Floats,
        counts: NDArray[np.int64],
    ) -> None:
        """Put in clusters that were kept elsewhere; those of one index become one.

        Args:
            indices: Index of each, `(clusters,)`.
            sums: Sum of the embeddings of each, `(clusters, width)`.
            squares: Sum of their squared lengths, `(clusters,)`.
            counts: Number of its faces, `(clusters,)`.
        """
        if len(indices) == 0:
            return
        self._reserve(int(indices.max()) + 1)
        np.add.at(self._sums, indices, sums)
        np.add.at(self._squares, indices, squares)
        np.add.at(self._counts, indices, counts)

    def _add_batch(self, batch: Floats) -> NDArray[np.int64]:
        placed = np.full(len(batch), -1, np.int64)
        known = self._number
        if known:
            distances = squared_distances(batch, self.sums, self.squares, self.counts)
            nearest = distances.argmin(axis=1)
            near = distances[np.arange(len(batch)), nearest] <= self.radius**2
            placed[near] = nearest[near]
            self.restore(batch[near], placed[near])
        for row in np.flatnonzero(placed < 0):
            placed[row] = self._add_new(batch[row], known)
        return placed

    def _add_new(self, embedding: Floats, first: int) -> int:
        """Put a face into a cluster that this batch began, or begin one."""
        new = slice(first, self._number)
        if self._number > first:
            distances = squared_distances(
                embedding[None], self._sums[new], self._squares[new], self._counts[new]
            )[0]
            nearest = int(distances.argmin())
            index = first + nearest
            if distances[nearest] > self.radius**2:
                index = self._number
        else:
            index = self._number
        self.restore(embedding[None], np.array([index]))
        return index

    def _reserve(self, number: int) -> None:
        if number > len(self._counts):
            more = max(number, 2 * len(self._counts)) - len(self._counts)
            self._sums = np.pad(self._sums, ((0, more), (0, 0)))
            self._squares = np.pad(self._squares, (0, more))
            self._counts = np.pad(self._counts, (0, more))
        self._number = max(self._number, number)


def squared_distances(
    embeddings: Floats, sums: Floats, squares: Floats, counts: NDArray[np.int64]
) -> Floats:
    """Return the mean squared distance of each face to the faces of each cluster.

    Args:
        embeddings: `(faces, width)`.
        sums: Of each cluster, `(clusters, width)`.
        squares: Of each cluster, `(clusters,)`.
        counts: Of each cluster, `(clusters,)`; without faces the distance is infinite.

    Returns:
        `(faces, clusters)`.
    """
    shares = (1 / np.maximum(counts, 1)).astype(np.float32)
    own = (embeddings**2).sum(axis=1)
    spread = np.where(counts > 0, squares * shares, np.inf).astype(np.float32)
    result = embeddings @ (sums * (-2 * shares)[:, None]).T
    result += own[:, None]
    result += spread
    return result
