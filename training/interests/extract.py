"""Features of the photo sets beside the project, by TFLite; kept in a cache folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from photo_interests.bundle.card import load_card
from photo_interests.models.extractor import Extractor
from photo_interests.models.runtime import open_interpreter
from photo_interests.photos.pixels import read_pixels
from training.csv_rows import read_csv_rows
from training.galleries.photos import EverydayPhotos
from training.interests import drawn_kinds
from training.interests.training_photos import SCENE_LABELS

TEACHER = "mobilenet_v1_1.0_224_qat"
DRAWN = 400
SUNSET_VIEWS = 15


def features_of(
    name: str, pixels: Iterable[np.ndarray], extractor: Extractor, cache: Path
) -> np.ndarray:
    """Extract features once; the file in the cache is named by `name`."""
    path = cache / f"{name}.npy"
    if not path.exists():
        rows = [extractor(one[None])[0] for one in pixels]
        temporary = path.with_suffix(".part.npy")
        np.save(temporary, np.stack(rows))
        temporary.replace(path)
    return np.load(path)


def everyday_rows(data: Path, table: str) -> list[dict[str, str]]:
    """Rows of `labels.csv` or `train.csv`."""
    return read_csv_rows(data / "everyday" / table)


def everyday_photos(data: Path, bundle: Path, cache: Path) -> EverydayPhotos:
    """Extract the photos of the benchmark with a bundle's extractor."""
    rows = everyday_rows(data, "labels.csv")
    paths = [data / "everyday" / "photos" / row["photo"] for row in rows]
    return EverydayPhotos(
        features_of(
            f"everyday-{bundle.name}", read(paths, bundle), Extractor(bundle), cache
        ),
        tuple(path.stem for path in paths),
        np.array([row["source"] for row in rows]),
        tuple(tuple(row["labels"].split(";")) for row in rows),
    )


def read(paths: list[Path], bundle: Path) -> Iterator[np.ndarray]:
    """Read photos as a bundle's card says."""
    rule = load_card(bundle).input
    for path in paths:
        yield read_pixels(path, rule)


def drawn(kind: str, photos: list[Path], seed: int = 7) -> np.ndarray:
    """Draw pictures of a kind with photos on them: uint8 `(DRAWN, 224, 224, 3)`."""
    shown = [Image.open(path).convert("RGB") for path in photos]
    return drawn_kinds.draw_kind(kind, DRAWN, shown, seed)


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
            values = np.asarray(view.resize((224, 224)), np.float32)
            if random.random() < 0.5:
                values = values[:, ::-1]
            values = values * random.uniform(0.75, 1.25)
            views.append(values.clip(0, 255).astype(np.uint8))
    return np.stack(views)


class Teacher:
    """The pretrained MobileNet v1 with its 1,000 classes, for photos in a cache."""

    def __init__(self, data: Path) -> None:
        folder = data / TEACHER
        name = "mobilenet_v1_1.0_224_quant_embedding_extractor.tflite"
        self.extractor = Extractor(folder / name)
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
