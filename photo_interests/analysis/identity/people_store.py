"""The faces and groups that a person let this computer keep, in one file.

The file is in the user's cache folder, beside the tag by which backup programs leave a
folder out (Cache Directory Tagging Specification), and only its owner may read it.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from photo_interests.analysis.location import cache_folder

FILE = "people.sqlite"
FORMAT = 2
TAG = "CACHEDIR.TAG"
SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n"
SCHEMA = """
CREATE TABLE IF NOT EXISTS photos (path TEXT PRIMARY KEY, signature TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, kept INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS clusters (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER REFERENCES people,
    count INTEGER NOT NULL DEFAULT 0, squares REAL NOT NULL DEFAULT 0,
    sum BLOB NOT NULL DEFAULT x''
);
CREATE TABLE IF NOT EXISTS faces (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL REFERENCES photos ON DELETE CASCADE,
    left REAL NOT NULL, top REAL NOT NULL, width REAL NOT NULL, height REAL NOT NULL,
    embedding BLOB NOT NULL,
    cluster INTEGER NOT NULL REFERENCES clusters
);
CREATE INDEX IF NOT EXISTS faces_of_photo ON faces (path);
CREATE INDEX IF NOT EXISTS faces_of_cluster ON faces (cluster);
CREATE INDEX IF NOT EXISTS clusters_of_person ON clusters (person);
CREATE TABLE IF NOT EXISTS model (sha256 TEXT NOT NULL);
"""
"""`embedding` is float16, little-endian; `kept` is 1 where a user decided on it.

Clusters have the number of their faces, the sum of their squared lengths, and that of
their embeddings as float32, little-endian.
"""


def people_folder() -> Path:
    """Return the folder of the file; it is there while people are switched on."""
    return cache_folder().parent / "people"


def switch_on(folder: Path) -> None:
    """Begin to keep groups of people; nothing changes where that is so already.

    Args:
        folder: Folder of the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    (folder / TAG).write_text(SIGNATURE, encoding="ascii")
    path = folder / FILE
    os.close(os.open(path, os.O_CREAT, 0o600))
    with closing(sqlite3.connect(path)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
            database.executescript(f"{SCHEMA} PRAGMA user_version = {FORMAT};")


def switch_off(folder: Path) -> None:
    """Delete all faces, groups and names; nothing changes where there are none.

    Args:
        folder: Folder of the file.
    """
    if folder.exists():
        shutil.rmtree(folder)


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction, which an error undoes.

    Args:
        folder: Folder of the file.

    Yields:
        The database. What is deleted from it is overwritten with zeros.

    Raises:
        FileNotFoundError: People are switched off.
        ValueError: The file is of another version of this program.
    """
    path = folder / FILE
    if not path.is_file():
        raise FileNotFoundError(
            "groups of people are switched off: `photo-interests people on` says what "
            "they need, and switches them on"
        )
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        found = database.execute("PRAGMA user_version").fetchone()[0]
        if found != FORMAT:
            raise ValueError(
                f"{path}: expected format {FORMAT}, received {found}, of another "
                "version of this program: `photo-interests people off` deletes it, "
                "`people on` begins anew"
            )
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")
