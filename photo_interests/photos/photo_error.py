"""The error of a file that is skipped."""

from pathlib import Path
from typing import Self


class PhotoError(ValueError):
    """A file that is no photo, or one that cannot be read.

    Attributes:
        path: The file.
        reason: Why, without the file's name.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    @classmethod
    def unopened(cls, path: Path, error: OSError) -> Self:
        """Return the error of a file that the system does not open.

        Args:
            path: The file.
            error: What the system said.
        """
        return cls(path, f"cannot be opened: {error.strerror or error}")

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"
