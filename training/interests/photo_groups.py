"""The groups of photos that heads learn from or are measured on, as pixels."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from photo_interests.bundle.card_sections import Input
from photo_interests.photos.pixels import read_pixels
from training.csv_rows import read_csv_rows
from training.interests import drawn_kinds
from training.interests.drawn_kinds import DRAWINGS
from training.interests.training_photos import SCENE_LABELS, scene_names
from training.photos.labelled import labelled_photos

EVERYDAY, TRAIN, SCENES, SCENES_TEST, SUNSET = (
    "everyday",
    "train",
    "scenes",
    "scenes-test",
    "sunset",
)
LABELLED = ("caltech", "grocery", "clothing")
"""Sets of the labelled photos, in the order of the photos table."""
DRAWN = 400
SUNSET_VIEWS = 15
EVERY_SCENE_DRAWN = 20
SIDE = 224


class PhotoGroups:
    """Reads groups of photos as a bundle's card says.

    Args:
        data: Folder of the photo sets.
        rule: How pixels are read.
    """

    def __init__(self, data: Path, rule: Input) -> None:
        self.data, self.rule = data, rule
        self.scenes = data / "miniplaces" / "train"

    def paths(self, group: str) -> list[Path]:
        """Files of a group, in order; drawn ones and sunsets have none.

        Raises:
            KeyError: There is no such group.
        """
        everyday = self.data / "everyday"
        if group in LABELLED:
            photos = labelled_photos(self.data)
            return [self.data / one.path for one in photos if one.source == group]
        groups: dict[str, Callable[[], list[Path]]] = {
            EVERYDAY: lambda: _listed(everyday, "labels.csv", "photos"),
            TRAIN: lambda: _listed(everyday, "train.csv", "train"),
            SCENES: lambda: _below(self.scenes),
            SCENES_TEST: lambda: _below(self.scenes.with_name("test")),
        }
        return groups[group]()

    def pixels(self, group: str) -> Iterator[np.ndarray]:
        """Pixels of a group's photos or drawn pictures, uint8 `(224, 224, 3)` each."""
        if group in DRAWINGS:
            shown = self.paths(SCENES)[::EVERY_SCENE_DRAWN]
            photos = [Image.open(path).convert("RGB") for path in shown]
            return iter(drawn_kinds.draw_pictures(group, DRAWN, photos, seed=7))
        if group == SUNSET:
            return iter(sunsets(self.scenes))
        return (read_pixels(path, self.rule) for path in self.paths(group))


def sunsets(scenes: Path, seed: int = 1) -> np.ndarray:
    """Random crops, mirrored and lit, of the scenes that are sunsets."""
    random = np.random.default_rng(seed)
    rows = read_csv_rows(SCENE_LABELS)
    names = [row["photo"] for row in rows if row["label"] == "sunset"]
    views = []
    for name in names:
        image = Image.open(scenes / name).convert("RGB")
        for _ in range(SUNSET_VIEWS):
            share = random.uniform(0.6, 1, 2)
            width, height = (np.array(image.size) * share).astype(int)
            left = int(random.integers(0, image.width - width + 1))
            top = int(random.integers(0, image.height - height + 1))
            view = image.crop((left, top, left + width, top + height))
            values = np.asarray(view.resize((SIDE, SIDE)), np.float32)
            if random.random() < 0.5:
                values = values[:, ::-1]
            values = values * random.uniform(0.75, 1.25)
            views.append(values.clip(0, 255).astype(np.uint8))
    return np.stack(views)


def _listed(folder: Path, table: str, photos: str) -> list[Path]:
    return [folder / photos / row["photo"] for row in read_csv_rows(folder / table)]


def _below(folder: Path) -> list[Path]:
    return [folder / name for name in scene_names(folder)]
