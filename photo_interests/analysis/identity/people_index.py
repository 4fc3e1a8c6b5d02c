"""Groups of people that grow with the photos, and that a person can correct."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from photo_interests.analysis.card import load_analyzer
from photo_interests.analysis.identity.cluster_store import (
    STORED,
    load_clusters,
    repair_clusters,
    save_clusters,
)
from photo_interests.analysis.identity.clusters import Clusters
from photo_interests.analysis.identity.face_aligner import NAME
from photo_interests.analysis.identity.face_embedder import EMBEDDER
from photo_interests.analysis.identity.people_store import opened, people_folder
from photo_interests.analysis.identity.regroup import regroup
from photo_interests.analysis.location import find_analyzer
from photo_interests.analysis.rows import EmbeddedFace

TABLES = ("faces", "clusters", "people", "photos", "model")


class Person(NamedTuple):
    """A group of faces that are probably of one person.

    Attributes:
        id: Number of the group, which it keeps.
        name: What the user calls it; None where they did not say.
        photos: Photos its faces are on, in order.
    """

    id: int
    name: str | None
    photos: tuple[Path, ...]


class PeopleIndex:
    """Adds faces to the stored groups, and changes groups as the user says.

    A group that the user named, joined or split is kept: it takes in more faces, but
    only the user joins it with another kept one, or divides it.
    """

    def __init__(
        self, database: sqlite3.Connection, thresholds: Mapping[str, float], model: str
    ) -> None:
        """Use the groups of a database.

        Args:
            database: By `people_store.opened`.
            thresholds: Of the analyzer's card: `radius` and `distance`.
            model: Hash of the network. All is deleted where it is another one than
                before, since its numbers cannot be compared.
        """
        self._database, self._thresholds = database, thresholds
        if database.execute("SELECT sha256 FROM model").fetchall() != [(model,)]:
            for table in TABLES:
                database.execute(f"DELETE FROM {table}")
            database.execute("INSERT INTO model VALUES (?)", (model,))
        self._clusters: Clusters | None = None

    def unread(self, signatures: Mapping[Path, str]) -> list[Path]:
        """Return the photos that were not read as they are now.

        Args:
            signatures: What changes with a photo's file, by its path.
        """
        known = dict(self._database.execute("SELECT path, signature FROM photos"))
        return [path for path, one in signatures.items() if known.get(str(path)) != one]

    def drop_missing(self, folders: Iterable[Path]) -> None:
        """Delete the faces of photos in folders whose files are gone.

        Args:
            folders: Absolute paths. Photos elsewhere stay: a disk may be away.
        """
        roots = tuple(folders)
        for (path,) in self._database.execute("SELECT path FROM photos").fetchall():
            photo = Path(path)
            if any(photo.is_relative_to(root) for root in roots) and not photo.exists():
                self._database.execute("DELETE FROM photos WHERE path = ?", (path,))
        self._repair()

    def add(self, path: Path, signature: str, faces: Sequence[EmbeddedFace]) -> None:
        """Store the faces of a photo; call `regroup` after the last photo.

        Args:
            path: File of the photo; faces that were stored for it are deleted.
            signature: What changes with its file.
            faces: Its faces.
        """
        run = self._database.execute
        if run("DELETE FROM photos WHERE path = ?", (str(path),)).rowcount:
            self._repair()
        run("INSERT INTO photos VALUES (?, ?)", (str(path), signature))
        if not faces:
            return
        stored = np.stack([face.embedding for face in faces]).astype(STORED)
        opened = self._opened(stored.shape[1])
        clusters = opened.add(stored.astype(np.float32))
        save_clusters(self._database, opened, set(clusters.tolist()))
        for face, numbers, cluster in zip(faces, stored, clusters, strict=True):
            box = face.box
            values = (str(path), box.left, box.top, box.width, box.height)
            run(
                "INSERT INTO faces (path, left, top, width, height, embedding, cluster)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*values, numbers.tobytes(), int(cluster)),
            )

    def regroup(self) -> None:
        """Join clusters to groups; kept groups stay, the others keep most numbers."""
        regroup(self._database, self._thresholds["distance"])

    def people(self) -> list[Person]:
        """Return the groups, those on most photos first."""
        names = dict(self._database.execute("SELECT id, name FROM people"))
        photos: dict[int, list[Path]] = {person: [] for person in names}
        for person, path in self._database.execute(
            "SELECT DISTINCT person, path FROM faces"
            " JOIN clusters ON clusters.id = cluster ORDER BY path"
        ):
            photos[person].append(Path(path))
        found = [Person(one, names[one], tuple(photos[one])) for one in names]
        return sorted(found, key=lambda one: (-len(one.photos), one.id))

    def name(self, person: int, name: str) -> None:
        """Give a group a name.

        Raises:
            ValueError: There is no such group.
        """
        self._check(person)
        self._keep(person)
        self._database.execute(
            "UPDATE people SET name = ? WHERE id = ?", (name, person)
        )

    def merge(self, person: int, others: Iterable[int]) -> None:
        """Join groups: what is in the others comes into the first one.

        Raises:
            ValueError: There is no such group.
        """
        others = [one for one in dict.fromkeys(others) if one != person]
        for one in (person, *others):
            self._check(one)
        self._keep(person)
        run = self._database.execute
        for other in others:
            run("UPDATE clusters SET person = ? WHERE person = ?", (person, other))
            run(
                "UPDATE people SET name = coalesce(name, (SELECT name FROM people"
                " WHERE id = ?)) WHERE id = ?",
                (other, person),
            )
            run("DELETE FROM people WHERE id = ?", (other,))

    def split(self, person: int, photos: Iterable[Path]) -> int:
        """Move the faces of a group on some photos into a group of their own.

        Returns:
            The number of the new group.

        Raises:
            ValueError: There is no such group, or all or none of its photos are given.
        """
        self._check(person)
        run = self._database.execute
        faces = run(
            "SELECT faces.id, path, cluster FROM faces"
            " JOIN clusters ON clusters.id = cluster WHERE person = ?",
            (person,),
        ).fetchall()
        chosen = {str(path) for path in photos}
        moved = [(face, cluster) for face, path, cluster in faces if path in chosen]
        if not 0 < len(moved) < len(faces):
            raise ValueError(
                f"photos: expected some of the {len(faces)} faces of group {person}, "
                f"received {len(moved)}"
            )
        new = int(run("INSERT INTO people (kept) VALUES (1)").lastrowid or 0)
        self._keep(person)
        for cluster in {cluster for _, cluster in moved}:
            apart = run("INSERT INTO clusters (person) VALUES (?)", (new,)).lastrowid
            for face in [face for face, old in moved if old == cluster]:
                run("UPDATE faces SET cluster = ? WHERE id = ?", (apart, face))
        self._repair()
        return new

    def forget(self, person: int) -> None:
        """Delete a group with its faces; its photos are not read for faces again.

        Raises:
            ValueError: There is no such group.
        """
        self._check(person)
        run = self._database.execute
        run(
            "DELETE FROM faces WHERE cluster IN"
            " (SELECT id FROM clusters WHERE person = ?)",
            (person,),
        )
        run("DELETE FROM clusters WHERE person = ?", (person,))
        run("DELETE FROM people WHERE id = ?", (person,))
        self._clusters = None

    def _opened(self, width: int) -> Clusters:
        """The clusters of all faces; their index is the id in the database."""
        if self._clusters is None:
            radius = self._thresholds["radius"]
            self._clusters = load_clusters(self._database, width, radius)
        return self._clusters

    def _repair(self) -> None:
        """Faces went from their clusters, or to others."""
        repair_clusters(self._database)
        self._clusters = None

    def _check(self, person: int) -> None:
        known = self._database.execute("SELECT 1 FROM people WHERE id = ?", (person,))
        if known.fetchone() is None:
            raise ValueError(f"group: expected one that is listed, received {person}")

    def _keep(self, person: int) -> None:
        self._database.execute("UPDATE people SET kept = 1 WHERE id = ?", (person,))


@contextmanager
def open_index(models: Path | None = None) -> Iterator[PeopleIndex]:
    """Open the stored groups for one change, which an error undoes.

    Args:
        models: Folder of analyzers; the user's cache if None.

    Raises:
        FileNotFoundError: Groups of people are switched off, or the analyzer is not
            installed.
    """
    folder = find_analyzer(NAME, models)
    if folder is None:
        raise FileNotFoundError(
            f"{NAME}: not installed: run `python -m export third-party {NAME}`"
        )
    card = load_analyzer(folder, NAME)
    model = card.files[EMBEDDER].sha256
    with opened(people_folder()) as database:
        yield PeopleIndex(database, card.thresholds, model)
