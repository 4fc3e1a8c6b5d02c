"""Features of the photo sets beside the project, by TFLite; kept in a cache folder."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from photo_interests.bundle.card import load_card
from photo_interests.bundle.card_sections import Input
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.models.extractor import Extractor
from photo_interests.models.runtime import open_interpreter
from photo_interests.photos.pixels import read_pixels
from training.csv_rows import read_csv_rows
from training.galleries.photos import EverydayPhotos
from training.interests.photo_groups import PhotoGroups

Network = Callable[[np.ndarray], np.ndarray]
"""Pixels uint8 `(photos, 224, 224, 3)` to stored features `(photos, D)`."""
TEACHER = "mobilenet_v1_1.0_224_qat"
TEACHER_FILE = "mobilenet_v1_1.0_224_quant_embedding_extractor.tflite"


def features_of(
    name: str, pixels: Iterable[np.ndarray], extractor: Network, cache: Path
) -> np.ndarray:
    """Extract features once; the file in the cache is named by `name`."""
    path = cache / f"{name}.npy"
    if not path.exists():
        rows = [extractor(one[None])[0] for one in pixels]
        temporary = path.with_suffix(".part.npy")
        np.save(temporary, np.stack(rows))
        temporary.replace(path)
    return np.load(path)


def rule_of(bundle: Path) -> Input:
    """Give the rule by which a bundle's card has pixels read."""
    return load_card(bundle).input


def lazily(groups: PhotoGroups, group: str) -> Iterator[np.ndarray]:
    """Draw or open nothing before the first picture of a group is wanted."""
    yield from groups.pixels(group)


def everyday_rows(data: Path, table: str) -> list[dict[str, str]]:
    """Rows of `labels.csv` or `train.csv`."""
    return read_csv_rows(data / "everyday" / table)


def everyday_photos(data: Path, source: Path, cache: Path) -> EverydayPhotos:
    """Extract the photos of the benchmark.

    Args:
        data: Photo sets.
        source: A bundle, or an extractor's file in the folder of one.
        cache: Folder for the features.
    """
    rows = everyday_rows(data, "labels.csv")
    paths = [data / "everyday" / "photos" / row["photo"] for row in rows]
    return EverydayPhotos(
        features_of(
            f"everyday-{source.name if source.is_dir() else source.parent.name}",
            read(paths, source),
            Extractor(source),
            cache,
        ),
        tuple(path.stem for path in paths),
        np.array([row["source"] for row in rows]),
        tuple(tuple(row["labels"].split(";")) for row in rows),
    )


def read(paths: list[Path], source: Path) -> Iterator[np.ndarray]:
    """Read photos as a bundle's card says, or as all are read for a file."""
    rule = rule_of(source) if source.is_dir() else INPUT_RULE
    for path in paths:
        yield read_pixels(path, rule)


class Teacher:
    """The pretrained MobileNet v1 with its 1,000 classes, for photos in a cache."""

    def __init__(self, data: Path) -> None:
        folder = data / TEACHER
        self.extractor = Extractor(folder / TEACHER_FILE)
        head = open_interpreter(folder / "mobilenet_quant_v1_224_head_layers.tflite")
        details = head.get_tensor_details()
        kernel = next(d for d in details if tuple(d["shape"]) == (1001, 1, 1, 1024))
        bias = next(
            d
            for d in details
            if tuple(d["shape"]) == (1001,) and d["dtype"] == np.int32
        )
        scale, zero = kernel["quantization"]
        values = head.get_tensor(kernel["index"]).reshape(1001, 1024)
        self.kernel = (values.astype(np.float32)[1:] - zero) * scale
        self.bias = head.get_tensor(bias["index"])[1:] * bias["quantization"][0]
        self.scale = head.get_input_details()[0]["quantization"][0]

    def probabilities(self, features: np.ndarray) -> np.ndarray:
        """Answers `(photos, 1000)` to its own features, in the teacher's order."""
        values = features.astype(np.float32) * self.scale
        logits = values @ self.kernel.T + self.bias
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        return weights / weights.sum(axis=1, keepdims=True)
