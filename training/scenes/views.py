"""Stored features of scenes and of random views of them: crops, mirrored, lit."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.models.extractor import Extractor
from photo_interests.photos.pixels import resize

VIEWS = 8
"""Of a training photo: as it is, mirrored, and random ones."""
Pixels = np.ndarray


@dataclass(frozen=True, eq=False)
class Scenes:
    """Features of labelled scenes.

    Attributes:
        features: uint8 `(photos, views, D)`; the first view is the photo as it is.
        labels: int64 `(photos,)`, index into `names`.
        names: Classes.
    """

    features: np.ndarray
    labels: np.ndarray
    names: tuple[str, ...]


def read_scenes(folder: Path, extractor: Extractor, views: int, cache: Path) -> Scenes:
    """Extract the photos of a folder of classes, or read them from the cache.

    Args:
        folder: Has a folder for each class.
        extractor: Gives the features.
        views: Number of views of each photo.
        cache: File that keeps the features.
    """
    names = tuple(sorted(path.name for path in folder.iterdir() if path.is_dir()))
    paths = [sorted((folder / name).glob("*.jpg")) for name in names]
    labels = np.repeat(np.arange(len(names)), [len(each) for each in paths])
    if not cache.exists():
        random = np.random.default_rng(0)
        rows = []
        for path in (path for each in paths for path in each):
            image = Image.open(path).convert("RGB")
            rows.append(extractor(np.stack(list(draw_views(image, views, random)))))
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, features=np.stack(rows))
    with np.load(cache) as archive:
        return Scenes(archive["features"], labels, names)


def draw_views(
    image: Image.Image, number: int, random: np.random.Generator
) -> Iterator[Pixels]:
    """Give a photo as it is, mirrored, and random views of it.

    Args:
        image: RGB image of any size.
        number: How many.
        random: Draws crops and light.

    Yields:
        Pixels uint8 `(224, 224, 3)`.
    """
    whole = resize(image, INPUT_RULE)
    yield from (whole, np.ascontiguousarray(whole[:, ::-1]))[:number]
    for _ in range(number - 2):
        view = resize(_crop(image, random), INPUT_RULE).astype(np.float32)
        if random.random() < 0.5:
            view = view[:, ::-1]
        view = view * random.uniform(0.7, 1.3) + random.uniform(-15, 15)
        yield view.clip(0, 255).astype(np.uint8)


def _crop(image: Image.Image, random: np.random.Generator) -> Image.Image:
    """A rectangle of at least a third of the area, a little wider or taller."""
    area, ratio = random.uniform(0.35, 1), np.exp(random.uniform(-0.3, 0.3))
    width = int(image.width * min(1, np.sqrt(area * ratio)))
    height = int(image.height * min(1, np.sqrt(area / ratio)))
    left = int(random.integers(0, image.width - width + 1))
    top = int(random.integers(0, image.height - height + 1))
    return image.crop((left, top, left + width, top + height))
