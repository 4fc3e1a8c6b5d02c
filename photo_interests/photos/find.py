"""Finds the photo files in folders."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def find_photos(paths: Iterable[Path]) -> list[Path]:
    """List the files to read: files as given, folders searched to any depth.

    Folders are listed in the order of their names, so that every run sees the
    same order. Hidden files and folders (name starting with a dot) found inside
    a folder are left out, and so are links to folders, which may be circular.
    Nothing is said here about which files are photos: only decoding can tell.

    Args:
        paths: files and folders.

    Returns:
        Files without repetition, in the order of `paths`.

    Raises:
        FileNotFoundError: a given path does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_walk(path)))
        elif path.exists():
            found[path] = None
        else:
            raise FileNotFoundError(f"no such file or folder: {path}")
    return list(found)


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(parent) / name
