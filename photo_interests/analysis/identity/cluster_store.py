"""Sums of the stored clusters: faces are not read again when others join them."""

import sqlite3
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from photo_interests.analysis.identity.clusters import Clusters, Floats

STORED = np.dtype("<f2")
SUM = np.dtype("<f4")


def load_clusters(database: sqlite3.Connection, width: int, radius: float) -> Clusters:
    """Return the stored clusters; their index is the id in the database.

    Args:
        database: By `people_store.opened`.
        width: Numbers of an embedding.
        radius: As in `Clusters`.
    """
    rows = database.execute("SELECT id, count, squares, sum FROM clusters").fetchall()
    clusters = Clusters(width, radius)
    clusters.join(
        np.array([row[0] for row in rows], np.int64),
        np.frombuffer(b"".join(row[3] for row in rows), SUM).reshape(-1, width),
        np.array([row[2] for row in rows], np.float32),
        np.array([row[1] for row in rows], np.int64),
    )
    return clusters


def save_clusters(
    database: sqlite3.Connection, clusters: Clusters, changed: Iterable[int]
) -> None:
    """Store the sums of some clusters, which are new or have new faces.

    Args:
        database: By `people_store.opened`.
        clusters: Their index is the id in the database.
        changed: Indices of those to be stored.
    """
    database.executemany(
        "INSERT INTO clusters (id, count, squares, sum) VALUES (?, ?, ?, ?) ON CONFLICT"
        " (id) DO UPDATE SET (count, squares, sum) = (excluded.count, excluded.squares,"
        " excluded.sum)",
        [
            (
                one,
                int(clusters.counts[one]),
                float(clusters.squares[one]),
                clusters.sums[one].astype(SUM).tobytes(),
            )
            for one in changed
        ],
    )


def repair_clusters(database: sqlite3.Connection) -> None:
    """Compute the sums of clusters again from which faces went; delete empty ones.

    Args:
        database: By `people_store.opened`.
    """
    stale = database.execute(
        "SELECT id FROM clusters WHERE count !="
        " (SELECT count(*) FROM faces WHERE cluster = clusters.id)"
    ).fetchall()
    for (one,) in stale:
        faces = _faces(database, one)
        if len(faces) == 0:
            database.execute("DELETE FROM clusters WHERE id = ?", (one,))
            continue
        clusters = Clusters(faces.shape[1], 0.0)
        clusters.restore(faces, np.full(len(faces), one, np.int64))
        save_clusters(database, clusters, [one])


def _faces(database: sqlite3.Connection, cluster: int) -> Floats:
    """The numbers of the faces of a cluster, `(faces, width)`."""
    rows: list[tuple[bytes]] = database.execute(
        "SELECT embedding FROM faces WHERE cluster = ? ORDER BY id", (cluster,)
    ).fetchall()
    stored: NDArray[np.float16] = np.frombuffer(
        b"".join(row[0] for row in rows), STORED
    )
    return stored.astype(np.float32).reshape(len(rows), -1 if rows else 0)
