"""Joins the stored clusters to groups, around what the user decided."""

import sqlite3
from collections import Counter, defaultdict

import numpy as np

from photo_interests.analysis.identity.average_linkage import link
from photo_interests.analysis.identity.cluster_store import SUM, repair_clusters
from photo_interests.analysis.identity.clusters import Clusters
from photo_interests.analysis.identity.groups import units_of


def regroup(database: sqlite3.Connection, distance: float) -> None:
    """Assign each cluster to a group; groups without faces are deleted.

    Args:
        database: By `people_store.opened`.
        distance: Largest distance of two groups that are joined.
    """
    run = database.execute
    repair_clusters(database)
    rows = run("SELECT id, person, count, squares, sum FROM clusters").fetchall()
    people: dict[int, int | None] = {row[0]: row[1] for row in rows}
    kept = {person for (person,) in run("SELECT id FROM people WHERE kept")}
    # All clusters of a kept group are one unit, any other cluster is one by itself.
    keys = [
        (1, person) if person in kept else (0, one) for one, person in people.items()
    ]
    units = sorted(set(keys))
    index = {key: number for number, key in enumerate(units)}
    places = np.array([index[key] for key in keys], np.int64)
    sums = np.frombuffer(b"".join(row[4] for row in rows), SUM)
    joined = Clusters(sums.size // max(len(rows), 1), 0.0)
    joined.join(
        places,
        sums.reshape(len(rows), -1 if rows else 0),
        np.array([row[3] for row in rows], np.float32),
        np.array([row[2] for row in rows], np.int64),
    )
    is_kept = np.array([key[0] == 1 for key in units], bool)
    labels = link(units_of(joined, is_kept), distance)
    groups: dict[int, Counter[int]] = defaultdict(Counter)
    for (cluster, _, count, *_), place in zip(rows, places, strict=True):
        groups[int(labels[place])][cluster] += count
    _assign(database, groups, people, kept)
    run("DELETE FROM people WHERE id NOT IN (SELECT person FROM clusters)")


def _assign(
    database: sqlite3.Connection,
    groups: dict[int, Counter[int]],
    people: dict[int, int | None],
    kept: set[int],
) -> None:
    """Give each group the number that most of its faces had, each number once."""
    taken: set[int] = set()
    for faces in sorted(groups.values(), key=lambda one: (-one.total(), min(one))):
        before: Counter[int] = Counter()
        for cluster, count in faces.items():
            person = people[cluster]
            if person is not None and person not in taken:
                before[person] += count
        own = [person for person in before if person in kept]
        free = [person for person, _ in before.most_common() if person not in kept]
        if own or free:
            (number, *_) = own or free
        else:
            number = int(
                database.execute("INSERT INTO people (kept) VALUES (0)").lastrowid or 0
            )
        taken.add(number)
        database.executemany(
            "UPDATE clusters SET person = ? WHERE id = ?",
            [(number, cluster) for cluster in faces],
        )
