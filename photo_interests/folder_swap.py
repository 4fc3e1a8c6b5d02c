"""Replacing a folder as a whole: at any moment it is the old one or the new one."""

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_WORKING_DIRECTORY = -100
_EXCHANGE = 2
# What a system answers that has no such exchange, or whose disk has none.
_NOT_SUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a new folder that takes the place of `target` when the block ends well.

    The folder is made beside `target`, on the same disk. When the block fails or the
    process is killed, `target` stays as it was; what a killed process left behind
    is removed by the next one.

    Args:
        target: the folder to replace, which need not exist.

    Yields:
        The empty folder to fill.

    Raises:
        BlockingIOError: another process is replacing a folder beside `target`.
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
    if not target.exists():
        building.rename(target)
    elif not _exchange(building, target):
        # Two steps, with nothing at `target` in between: `recover` undoes the first.
        target.rename(_aside(target))
        building.rename(target)
        shutil.rmtree(_aside(target))
    _flush_entry(target.parent)


def _exchange(one: Path, two: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    here = _AT_WORKING_DIRECTORY
    first, second = os.fsencode(one), os.fsencode(two)
    if library.renameat2(here, first, here, second, _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_SUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(two))


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
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
