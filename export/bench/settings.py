"""What all parts of the bench are told."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where the bench reads, and how long it looks.

    Attributes:
        bundle: The released one.
        data: Folder of the reference extractor.
        features: Feature set with its users.
        quick: Whether each thing is timed only so often that every line has run.
    """

    bundle: Path
    data: Path
    features: Path
    quick: bool

    def turns(self, number: int) -> int:
        """How often a thing is timed that is timed `number` times otherwise."""
        return 1 if self.quick else number
