"""What `models/third_party.lock` says of each file that is not ours."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).parents[2] / "models" / "third_party.lock"


@dataclass(frozen=True, kw_only=True)
class LockedFile:
    """A file that is got from elsewhere.

    Attributes:
        name: Name of the file.
        analyzer: Analyzer that is made from it.
        sha256: Hash of its content.
        license: Licence of its content.
        attribution: Who made it, and where it is from.
        package: Python package and version that the file is a wheel of; or None.
        npm_package: The same of npm, that the file is packed of; or None.
        address: Where it is downloaded from at one commit; or None.
    """

    name: str
    analyzer: str
    sha256: str
    license: str
    attribution: str
    package: str | None = None
    npm_package: str | None = None
    address: str | None = None

    def __post_init__(self) -> None:
        origins = (self.package, self.npm_package, self.address)
        if sum(origin is not None for origin in origins) != 1:
            raise ValueError(f"{self.name}: expected either a package or an address")


def load_lock(path: Path = LOCK) -> tuple[LockedFile, ...]:
    """Read the lock file.

    Raises:
        ValueError: An entry has an unknown key, or misses one; names the entry.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["file"]
    try:
        return tuple(LockedFile(**entry) for entry in entries)
    except TypeError as error:
        raise ValueError(f"{path}: {error}") from error


def locked_files(analyzer: str) -> tuple[LockedFile, ...]:
    """Return the files that an analyzer is made from.

    Raises:
        ValueError: There is none.
    """
    found = tuple(file for file in load_lock() if file.analyzer == analyzer)
    if not found:
        known = sorted({file.analyzer for file in load_lock()})
        raise ValueError(f"analyzer: expected one of {known}, received {analyzer!r}")
    return found
