"""What became of every picture's address: a small SQLite file beside the pictures.

SQLite, because each picture's outcome must be on the disk before the next, whatever
kills the process.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

LEDGER = "pictures.sqlite"
STORED = "stored"
MISSING = "missing"
FAILED = "failed"
STATES = (STORED, MISSING, FAILED)


@dataclass(frozen=True)
class Outcome:
    """What became of one address.

    Attributes:
        url: The address.
        state: `stored`; `missing`: the server has no picture there, or what it gives is
            none, so that another attempt cannot help; `failed`: another one may help.
        reason: Why it is not stored; "" if it is.
        file: Name of the file within the folder; "" if not stored.
        sha256: Hash of the file's bytes, in hex; "" if not stored.
        bytes: Size of the file.
        width: Width in pixels.
        height: Height in pixels.
        attempts: Number of requests made.
    """

    url: str
    state: str
    reason: str = ""
    file: str = ""
    sha256: str = ""
    bytes: int = 0
    width: int = 0
    height: int = 0
    attempts: int = 0


_COLUMNS = ", ".join(field.name for field in fields(Outcome))
_PLACES = ", ".join(f":{field.name}" for field in fields(Outcome))


class Ledger:
    """Outcomes by address. One thread writes; a killed process loses none."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        columns = _COLUMNS.replace("url", "url PRIMARY KEY", 1)
        connection.execute(f"CREATE TABLE IF NOT EXISTS outcomes ({columns})")

    def write(self, outcome: Outcome) -> None:
        """Store an outcome in place of an earlier one of the same address."""
        with self._connection:
            self._connection.execute(
                f"INSERT OR REPLACE INTO outcomes ({_COLUMNS}) VALUES ({_PLACES})",
                asdict(outcome),
            )

    def read(self, url: str) -> Outcome | None:
        """The outcome of an address; None if it was never requested."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM outcomes WHERE url = ?", [url]
        ).fetchone()
        return Outcome(*row) if row else None


@contextmanager
def opened_ledger(folder: Path) -> Iterator[Ledger]:
    """Open the ledger of a folder of pictures, a new one if there is none.

    Raises:
        ValueError: The file is no ledger.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LEDGER
    with closing(sqlite3.connect(path)) as connection:
        try:
            ledger = Ledger(connection)
            ledger.read("")
        except sqlite3.DatabaseError as error:
            raise ValueError(
                f"{path}: expected a ledger of pictures: {error}"
            ) from error
        yield ledger
