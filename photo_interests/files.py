"""Files that are whole or absent, and folders that are replaced as a whole."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write a file so that a reader sees the old content or all of the new.

    Raises:
        OSError: The folder is missing or not writable, or the disk is full.
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
        OSError: The folder is missing or not writable, or the disk is full.
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


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Fill a new folder that takes the name of `target` when the block succeeds.

    The folder is created beside `target`, on the same disk. When the block fails,
    `target` stays as it was. The old folder is renamed aside before the new one gets
    its name: what a process that was killed in between left behind is recovered by
    the next one.

    Args:
        target: Folder to replace, which need not exist.

    Yields:
        The empty folder to fill.

    Raises:
        BlockingIOError: Another process is replacing a folder beside `target`.
    """
    target = Path(target).absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _lock(target.parent):
        recover(target)
        prefix = _building_prefix(target)
        building = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
        try:
            building.chmod(0o755)
            yield building
            _flush(building)
            _put_in_place(building, target)
        finally:
            shutil.rmtree(building, ignore_errors=True)


def recover(target: Path) -> None:
    """Finish or undo what a killed process left behind beside `target`."""
    aside = _aside(target)
    if aside.exists():
        if target.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(target)
    for leftover in target.parent.glob(f"{_building_prefix(target)}*"):
        shutil.rmtree(leftover)


def _put_in_place(building: Path, target: Path) -> None:
    aside = _aside(target)
    if target.exists():
        target.rename(aside)
    building.rename(target)
    _flush_entry(target.parent)
    if aside.exists():
        shutil.rmtree(aside)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    import fcntl  # absent on Windows, where only the library runs

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        if error.errno != errno.EWOULDBLOCK:
            raise
        raise BlockingIOError(
            error.errno, "another process is writing there; try again", str(folder)
        ) from error
    finally:
        os.close(handle)


def _flush(folder: Path) -> None:
    """Bring all files to the disk before their folder gets its name."""
    for path in folder.rglob("*"):
        _flush_entry(path)
    _flush_entry(folder)


def _flush_entry(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _building_prefix(target: Path) -> str:
    return f".{target.name}.building-"


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")
