"""Finding photos in folders, and writing files that are whole or absent."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write a file so that a reader sees the old content or all of the new.

    Raises:
        OSError: the folder is missing or not writable, or the disk is full.
    """
    encoded = content.encode() if isinstance(content, str) else content
    with writing(path) as temporary:
        temporary.write_bytes(encoded)


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Let something else write a file, which appears when it is whole.

    The content goes to a hidden folder beside `path`, is flushed to the disk and then
    takes the name of `path`. A failure or a kill in between leaves `path` as it was.

    Args:
        path: The file to write or replace.

    Yields:
        The file to write to, of the same name as `path` in the hidden folder.

    Raises:
        OSError: the folder is missing or not writable, or the disk is full.
    """
    with tempfile.TemporaryDirectory(
        dir=path.parent, prefix=".writing-", ignore_cleanup_errors=True
    ) as folder:
        temporary = Path(folder) / path.name
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.chmod(_permissions(path))
        temporary.replace(path)


def _permissions(path: Path) -> int:
    """Keep those of the file replaced; mkstemp's own would hide a new one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
