"""A file that a user names as an output: checked first, written in the end."""

import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from photo_interests.files import write_atomically

# The first bytes of files that a slip of the hand must not replace.
PHOTO_STARTS = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
)
TABLE_SUFFIXES = (".csv", ".tsv", ".parquet", ".xlsx")


@dataclass(frozen=True)
class OutputFile:
    """A checked output.

    Attributes:
        target: File to write, with links resolved.
        replaced: Whether the file is replaced as a whole. Anything but a regular file
            (a device, a FIFO, `/dev/stdout`, what a shell makes of `>(...)`) is
            written into instead.
    """

    target: Path
    replaced: bool

    @classmethod
    def check(cls, path: Path) -> "OutputFile":
        """Check that a file can and may be written; it stays as it is.

        Raises:
            ValueError: A folder, a photo or a table is there already, or there is no
                folder that can be written to; names the file.
        """
        try:
            return cls._checked(path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ValueError(f"{path}: cannot be written: {reason}") from error

    @classmethod
    def _checked(cls, path: Path) -> "OutputFile":
        if _is_open_already(path):
            return cls(path, replaced=False)
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            mode = None
        if mode is not None and stat.S_ISDIR(mode):
            raise ValueError(f"{path}: expected a file to write, received a folder")
        if mode is not None and not stat.S_ISREG(mode):
            return cls(path, replaced=False)
        target = Path(os.path.realpath(path))
        if mode is not None:
            _check_replaceable(path)
        # The surest test, which also finds full and read-only disks.
        handle, probe = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
        os.close(handle)
        os.unlink(probe)
        return cls(target, replaced=True)

    def is_standard_output(self) -> bool:
        """Whether this is what the command prints to, as `/dev/stdout` is."""
        try:
            return not self.replaced and os.path.samestat(
                self.target.stat(), os.fstat(1)
            )
        except OSError:
            return False

    def write(self, content: bytes | str) -> None:
        """Write the content.

        Raises:
            OSError: The disk is full.
            ValueError: The other end of a pipe is closed.
        """
        if self.replaced:
            write_atomically(self.target, content)
            return
        encoded = content.encode() if isinstance(content, str) else content
        try:
            # Appended: `--json /dev/stdout >> log` must not write over the log.
            handle = os.open(self.target, os.O_WRONLY | os.O_APPEND)
            with open(handle, "wb") as file:
                file.write(encoded)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ValueError(f"{self.target}: cannot be written: {reason}") from error


def _is_open_already(path: Path) -> bool:
    """Whether it is a file descriptor, as `/dev/stdout` and `/dev/fd/63` are.

    What a process has open must keep its inode: it is never replaced.
    """
    places = [os.path.realpath(path.parent)]
    if path.is_symlink():
        places.append(os.readlink(path))
    return any(place.startswith("/proc/") for place in places)


def _check_replaceable(path: Path) -> None:
    """Refuse to replace a photo or a table."""
    if path.suffix.lower() in TABLE_SUFFIXES:
        raise ValueError(f"{path}: expected a file to write, received a table")
    with path.open("rb") as file:
        start = file.read(12)
    if start.startswith(PHOTO_STARTS) or start[4:8] == b"ftyp":
        raise ValueError(f"{path}: expected a file to write, received a photo")
