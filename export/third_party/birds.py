"""The pack of birds: 964 kinds, inside a bird's box alone."""

from pathlib import Path

from export.third_party.lock import LockedFile
from export.third_party.species import build_pack
from photo_interests.analysis.species.birds import NAME

THRESHOLDS = {"score": 0.5}


def build(files: dict[str, Path], locked: tuple[LockedFile, ...], out: Path) -> None:
    """Write the analyzer of birds into a folder.

    Args:
        files: Paths of the locked files by name.
        locked: What the lock says of them.
        out: Folder to fill.
    """
    build_pack(NAME, files, locked, out, THRESHOLDS)
