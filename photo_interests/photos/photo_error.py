"""What is said of a file that is not read."""

from pathlib import Path


class PhotoError(ValueError):
    """A file that is no photo, or one that cannot be read.

    Attributes:
        path: the file.
        reason: why, without the file's name.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"
