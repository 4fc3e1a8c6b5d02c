"""What the new head learns from: features of photos, and distributions as targets.

Labelled photos keep part of the student's answers as their target, scenes and everyday
photos part of the pretrained teacher's: a photo of a kitchen is also one of a stove.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.csv_rows import read_csv_rows
from training.features.feature_set import FeatureSet
from training.interests.photo_head import PhotoHead
from training.vocabulary.interests import Interests

SCENE_LABELS = Path(__file__).parent / "scene_labels.csv"
"""Scenes with people on 8 % of the area or more, by YOLOX-nano; sunsets, by eye."""
FOLDERS = {
    "faces2": "everyday.portrait",
    "ffml": "everyday.meal",
    "receipts": "everyday.receipt",
}


@dataclass(frozen=True)
class TargetConfig:
    """How targets are mixed.

    Attributes:
        label: Share of the label in the target of a labelled or everyday photo.
        scene: The same of a scene's class.
        people: Share of people, where there are any, before all else.
    """

    label: float = 0.7
    scene: float = 0.5
    people: float = 0.5


class Examples(NamedTuple):
    """Photos to learn from.

    Attributes:
        features: uint8 `(photos, D)`.
        targets: float32 `(photos, S + M)`: student's classes, then the new head's.
    """

    features: np.ndarray
    targets: np.ndarray


class Targets:
    """Makes targets over the student's classes and the outputs of the new head."""

    def __init__(self, interests: Interests, head: PhotoHead, config: TargetConfig):
        self.interests, self.head, self.config = interests, head, config
        self.classes = len(head.kind_of)
        self.catalogue = int(head.kinds) - sum(
            one.startswith(("scene.", "everyday.")) for one in interests.kinds
        )
        everyday = len(interests.kinds) - self.catalogue
        self.width = self.classes + head.labelled + everyday + 1

    def column(self, kind: str) -> int:
        """Output of a labelled or everyday kind."""
        number = self.interests.kind_index[kind]
        if number >= self.catalogue:
            number -= self.catalogue - self.head.labelled
        return self.classes + number

    def blank(self, answers: np.ndarray) -> np.ndarray:
        """Widen answers over the student's classes `(photos, S)`."""
        wide = np.zeros((len(answers), self.width), np.float32)
        wide[:, : self.classes] = answers
        return wide

    def labelled(self, photos: FeatureSet, answers: np.ndarray) -> Examples:
        """Training photos of the labelled sets, the student's answers `(n, S)`."""
        rows = photos.rows("train")
        table = photos.photos.iloc[rows]
        targets = self.blank(answers)
        kinds = table["category"].to_numpy()
        kinds = np.where(table["label"] == "Faces", "everyday.portrait", kinds)
        for number, kind in enumerate(kinds):
            if kind:
                self._mix(targets[number], kind, self.config.label)
        return Examples(photos.features[rows], targets)

    def scenes(
        self, features: np.ndarray, names: list[str], answers: np.ndarray
    ) -> Examples:
        """Scenes named CLASS/FILE, with the teacher's answers `(n, S)`."""
        targets = self.blank(answers)
        rows = read_csv_rows(SCENE_LABELS)
        labels = {(row["photo"], row["label"]) for row in rows}
        for row, name in zip(targets, names, strict=True):
            self._mix(row, f"scene.{name.split('/')[0]}", self.config.scene)
            if (name, "people") in labels:
                self._mix(row, "everyday.people", self.config.people)
        return Examples(features, targets)

    def everyday(
        self,
        features: np.ndarray,
        sources: list[str],
        answers: np.ndarray,
        without: str | Sequence[str] = "",
    ) -> Examples:
        """Meals, portraits and receipts, but those of one source or of several."""
        targets = self.blank(answers)
        for row, source in zip(targets, sources, strict=True):
            self._mix(row, FOLDERS[source], self.config.label)
        keep = ~np.isin(sources, without)
        return Examples(features[keep], targets[keep])

    def sure(self, features: np.ndarray, kind: str) -> Examples:
        """Pictures that are of one kind and nothing else."""
        targets = np.zeros((len(features), self.width), np.float32)
        targets[:, self.column(kind)] = 1
        return Examples(features, targets)

    def _mix(self, row: np.ndarray, kind: str, share: float) -> None:
        row *= 1 - share
        row[self.column(kind)] += share


def scene_names(folder: Path) -> list[str]:
    """Names of the scenes below a folder, CLASS/FILE, in order."""
    return [
        path.relative_to(folder).as_posix() for path in sorted(folder.glob("*/*.jpg"))
    ]
