"""All detections on the everyday photos, from a low score on: thresholds come later.

Greedy suppression removes a box only for one of a higher score, so what is kept above a
threshold is the same whether it is applied before or after.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from photo_interests.analysis.card import load_analyzer, write_analyzer
from photo_interests.analysis.detector import Detector
from photo_interests.analysis.location import find_analyzer
from photo_interests.analysis.photo import DecodedPhoto, Pixels
from photo_interests.analysis.rows import Content
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from training.interests.extract import everyday_rows

LOWEST_SCORE = 0.1


class EverydayPhoto(NamedTuple):
    """A photo of the everyday set with what was found on it.

    Attributes:
        source: Set it is from.
        labels: Labels of that set.
        objects: Label id and score of each object.
        faces: Score and share of the photo of each face.
    """

    source: str
    labels: frozenset[str]
    objects: tuple[tuple[str, float], ...]
    faces: tuple[tuple[float, float], ...]


def read_detections(data: Path, cache: Path) -> list[EverydayPhoto]:
    """Detect objects and faces on all everyday photos, or read it from the cache.

    Args:
        data: Folder of the photo sets.
        cache: Folder that keeps the detections.

    Raises:
        FileNotFoundError: A detector is not installed.
    """
    kept = cache / "detections.json"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(list(_detect(data))), encoding="utf-8")
    return [
        EverydayPhoto(
            source,
            frozenset(labels),
            tuple((name, score) for name, score in objects),
            tuple((score, area) for score, area in faces),
        )
        for source, labels, objects, faces in json.loads(kept.read_text("utf-8"))
    ]


def _detect(data: Path) -> Iterator[list[object]]:
    with low_threshold("objects") as objects, low_threshold("faces") as faces:
        names = [label.id for label in load_analyzer(objects, "objects").labels]
        find_objects = Detector(objects, "objects")
        find_faces = Detector(faces, "faces")
        for row in everyday_rows(data, "labels.csv"):
            path = data / "everyday" / "photos" / row["photo"]
            photo = DecodedPhoto(path, decode(path, INPUT_RULE).image, StoredFeatures())
            yield [
                row["source"],
                row["labels"].split(";"),
                [(names[one.label], one.score) for one in find_objects(photo)],
                [(one.score, one.box.area) for one in find_faces(photo)],
            ]


def installed(name: str) -> Path:
    """Find the folder of an analyzer.

    Raises:
        FileNotFoundError: It is not installed; names the command that installs it.
    """
    folder = find_analyzer(name)
    if folder is None:
        raise FileNotFoundError(f"{name}: run `python -m export third-party {name}`")
    return folder


@contextmanager
def low_threshold(name: str) -> Iterator[Path]:
    """Copy an installed detector with a low threshold.

    Args:
        name: Name of the analyzer.

    Raises:
        FileNotFoundError: It is not installed.
    """
    folder = installed(name)
    card = load_analyzer(folder, name)
    thresholds = card.thresholds | {"score": LOWEST_SCORE}
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        write_analyzer(card.model_copy(update={"thresholds": thresholds}), Path(copy))
        yield Path(copy)


class StoredFeatures:
    """Models of a photo whose features are known, or not needed."""

    input = INPUT_RULE

    def __init__(self, features: Pixels | None = None) -> None:
        """Hold the features.

        Args:
            features: uint8 `(dimension,)`; None where nothing reads them.
        """
        self._features = features

    def extract(self, image: object) -> Pixels:
        """Return the features."""
        assert self._features is not None
        return self._features

    def classify(self, features: Pixels) -> Content:
        """Refuse: what is measured with these needs no kinds."""
        raise AssertionError("expected analyzers that need no kinds")
