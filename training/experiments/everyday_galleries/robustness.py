"""How many of a gallery's interests stay when its photos are altered or repeated."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from photo_interests.models.extractor import Extractor
from training.galleries.benchmark import fitted_interests, make_benchmark
from training.galleries.config import DRAWS
from training.galleries.galleries import Gallery
from training.galleries.photos import load_everyday_photos
from training.interests import extract
from training.interests.bases import Base
from training.interests.parts import load_parts
from training.interests.repetition import Readout, accumulate
from training.vocabulary.interests import load_interests

SIDE = 224
PHONE = 1.78
"""Height of a phone's screen over its width."""
BURST = 30

Alteration = Callable[[Image.Image], Image.Image]


def _small(photo: Image.Image) -> Image.Image:
    copy = photo.copy()
    copy.thumbnail((200, 200))
    return copy


def _compressed(photo: Image.Image) -> Image.Image:
    buffer = io.BytesIO()
    photo.save(buffer, "JPEG", quality=10)
    return Image.open(buffer).convert("RGB")


def _barred(photo: Image.Image) -> Image.Image:
    width, height = photo.size
    is_wide = width >= height
    size = (width, int(width * PHONE)) if is_wide else (int(height * PHONE), height)
    size = (max(size[0], width), max(size[1], height))
    canvas = Image.new("RGB", size)
    canvas.paste(photo, ((size[0] - width) // 2, (size[1] - height) // 2))
    return canvas


ALTERATIONS: dict[str, Alteration] = {
    "200 pixels": _small,
    "JPEG quality 10": _compressed,
    "greyscale": lambda photo: photo.convert("L").convert("RGB"),
    "turned by 90 degrees": lambda photo: photo.transpose(Image.Transpose.ROTATE_90),
    "black bars": _barred,
}


def measure_kept(base: Base, data: Path, cache: Path) -> dict[str, float]:
    """Say how many interests of small galleries stay, as a bundle shows them.

    Args:
        base: What the bundle is built on.
        data: Photo sets.
        cache: Folder for the features of altered photos.

    Returns:
        Shares of the interests, by alteration of the photos or of the gallery.
    """
    interests, parts = load_interests(), load_parts(base=base)
    photos = load_everyday_photos(base.photos)
    galleries = make_benchmark(photos, interests, DRAWS, 1).galleries["small"]
    lists = Lists(parts.interests, fitted_interests(interests))
    seen, _ = parts.classify(photos.features)
    before = [lists.shown(seen, one.rows) for one in galleries]
    kept = kept_in_other_sets(lists, seen, galleries)
    folder = data / "everyday" / "photos"
    paths = [folder / row["photo"] for row in extract.everyday_rows(data, "labels.csv")]
    extractor = Extractor(base.extractor)
    for name, alteration in ALTERATIONS.items():
        pixels = altered(paths, alteration)
        features = extract.features_of(f"{base.name} {name}", pixels, extractor, cache)
        other, _ = parts.classify(features)
        kept[name] = lists.kept(before, [lists.shown(other, o.rows) for o in galleries])
    return kept


def altered(paths: list[Path], alteration: Alteration) -> Iterator[np.ndarray]:
    """Alter photos: uint8 `(224, 224, 3)` each."""
    for path in paths:
        with Image.open(path) as photo:
            image = alteration(photo.convert("RGB"))
        yield np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BILINEAR))


class Lists:
    """Which interests of galleries are shown.

    Args:
        readout: Of galleries.
        fitted: Which interests can be shown, bool `(interests,)`.
    """

    def __init__(self, readout: Readout, fitted: np.ndarray) -> None:
        self.readout, self.fitted = readout, fitted

    def shown(
        self, seen: np.ndarray, rows: np.ndarray, weights: np.ndarray | None = None
    ) -> np.ndarray:
        """Show interests: bool `(interests,)`.

        Args:
            seen: Interests on each photo, calibrated, float `(photos, interests)`.
            rows: Photos of the gallery, some perhaps more than once.
            weights: Of these rows; 1 each if None.
        """
        weights = np.ones(len(rows)) if weights is None else weights
        said = self.readout(accumulate(seen[rows] * self.fitted, weights))
        return (said >= self.readout.threshold) & self.fitted

    def kept(self, before: list[np.ndarray], after: list[np.ndarray]) -> float:
        """Share of the interests shown before that are shown after as well."""
        stayed = sum((a & b).sum() for a, b in zip(before, after, strict=True))
        return float(stayed / sum(one.sum() for one in before))


def kept_in_other_sets(
    lists: Lists, seen: np.ndarray, galleries: list[Gallery], seed: int = 0
) -> dict[str, float]:
    """Halve, duplicate and burst galleries, and say what share is kept of each."""
    random = np.random.default_rng(seed)
    names = ("half of the photos", "duplicates", "burst", "burst as one event")
    after: dict[str, list[np.ndarray]] = {name: [] for name in names}
    for one in galleries:
        half = random.choice(one.rows, len(one.rows) // 2, replace=False)
        photo = random.choice(one.rows)
        burst = np.concatenate([one.rows, np.full(BURST, photo)])
        weights = np.where(burst == photo, 1 / (BURST + 1), 1.0)
        for name, rows, shares in (
            ("half of the photos", half, None),
            ("duplicates", np.tile(one.rows, 2), None),
            ("burst", burst, None),
            ("burst as one event", burst, weights),
        ):
            after[name].append(lists.shown(seen, rows, shares))
    before = [lists.shown(seen, one.rows) for one in galleries]
    return {name: lists.kept(before, shown) for name, shown in after.items()}
