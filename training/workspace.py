"""Where each step of the pipeline leaves its runs, below one folder."""

from dataclasses import dataclass
from pathlib import Path

RUNS = Path("runs")
DATA = Path("../shared/data")
EXTRACTOR_FILE = "extractor.tflite"
USERS = "users"


@dataclass(frozen=True)
class Workspace:
    """The folder of all runs, and the photos that they start from.

    Attributes:
        runs: Folder of all runs.
        data: Folder with photo sets and pretrained weights.
        own_set: One photo set with a folder for each class, in place of those of
            `data`; None for those.
        from_photos: Whether steps whose output is committed are computed from the
            photos all the same.
    """

    runs: Path
    data: Path = DATA
    own_set: Path | None = None
    from_photos: bool = False

    @property
    def photo_folder(self) -> Path:
        """Folder that the paths of photos are relative to."""
        return self.own_set or self.data

    @property
    def photos(self) -> Path:
        """The photos table of the latest run of `photos`."""
        return self.runs / "photos" / "photos.parquet"

    @property
    def catalogue(self) -> Path:
        """Folder of the categories of these photos."""
        return self.runs / "photos" / "catalogue"

    @property
    def pixels(self) -> Path:
        """Packed pixels of these photos."""
        return self.runs / "pixels" / "pixels.npy"

    @property
    def backbones(self) -> Path:
        """Folder of all fine-tuning runs."""
        return self.runs / "backbone"

    @property
    def extractors(self) -> Path:
        """Folder of all exported extractors."""
        return self.runs / "extractors"

    @property
    def features(self) -> Path:
        """Folder of all feature sets."""
        return self.runs / "features"

    @property
    def aggregators(self) -> Path:
        """Folder of all aggregators."""
        return self.runs / "aggregators"

    @property
    def evaluations(self) -> Path:
        """Folder of all evaluations."""
        return self.runs / "evaluations"

    @property
    def results(self) -> Path:
        """Folder of measurements, one file each."""
        return self.runs / "results"


def users_file(features: Path) -> Path:
    """Give the users of a feature set: simulated here, or those it came with."""
    simulated = features / USERS / "users.parquet"
    return simulated if simulated.is_file() else features / "users.parquet"


def existing(path: Path, command: str) -> Path:
    """Give a file of an earlier step.

    Raises:
        FileNotFoundError: It is missing; names the command that writes it.
    """
    if not path.exists():
        raise FileNotFoundError(
            f"expected {path}, received no such file; run `{command}` first"
        )
    return path
