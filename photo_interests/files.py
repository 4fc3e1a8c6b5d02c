"""Finding photos in folders, and writing files that are whole or absent."""

import os
import tempfile
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


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write a file so that a reader sees the old content or all of the new.

    The content goes to a hidden file beside `path`, is flushed to the disk and
    then takes the name of `path`. A kill in between leaves `path` as it was.

    Raises:
        OSError: the folder is missing or not writable, or the disk is full.
    """
    encoded = content.encode() if isinstance(content, str) else content
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(encoded)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _permissions(path))
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _permissions(path: Path) -> int:
    """Keep those of the file replaced; mkstemp's own would hide a new one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
