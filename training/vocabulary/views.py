"""Photos as extractor and teacher see them, whole and as augmented views."""

import logging
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from photo_interests.models.extractor import Extractor
from training.backbone.augmentation import plain_batches, training_batches
from training.backbone.fit import BackboneRun
from training.backbone.mobilenet import build_teacher
from training.features.feature_set import FeatureSet

logger = logging.getLogger(__name__)
BATCH = 64


class Views(NamedTuple):
    """Some photos, or views of them.

    Attributes:
        features: uint8 `(views, 1024)`, as they are stored.
        taught: The teacher's logits, float16 `(views, classes)`.
    """

    features: np.ndarray
    taught: np.ndarray


class Viewer:
    """Shows photos to a quantised extractor and to the teacher.

    Args:
        run: A finished fine-tuning run: its photos, splits and pretrained weights.
        extractor: Folder with the quantised `extractor.tflite`.
        feature_set: What it gave for the whole photos.
        directory: Where answers are kept, so that a killed run goes on.
    """

    def __init__(
        self,
        run: BackboneRun,
        extractor: Path,
        feature_set: FeatureSet,
        directory: Path,
    ) -> None:
        self.run = run
        self.extractor = Extractor(extractor / "extractor.tflite", threads=2)
        self.feature_set = feature_set
        self.directory = directory
        self.teacher = tf.function(build_teacher(run.size, run.data))
        directory.mkdir(parents=True, exist_ok=True)

    def whole(self, split: str) -> Views:
        """Give all photos of a split as they are, in order."""
        rows = self.run.rows[split]
        stored = self.directory / f"{split}.npz"
        if not stored.exists():
            batches = plain_batches(self.run.pixels, rows, self.run.labels[rows], BATCH)
            _save(stored, taught=self._taught(batches, len(rows), stored.stem))
        with np.load(stored) as arrays:
            return Views(self.feature_set.features[rows], arrays["taught"])

    def augmented(self, split: str, seed: int) -> Views:
        """Give one random crop, mirrored and recoloured, of each photo of a split."""
        run, rows = self.run, self.run.rows[split]
        stored = self.directory / f"{run.config.name}-{split}-{seed}.npz"
        if not stored.exists():
            batches = training_batches(
                run.pixels,
                rows,
                run.labels[rows],
                batch_size=BATCH,
                crop_size=run.size,
                smallest_crop=run.config.smallest_crop,
                seed=seed,
            )
            features: list[np.ndarray] = []
            taught = self._taught(batches, len(rows), stored.stem, features)
            _save(stored, taught=taught, features=np.concatenate(features))
        with np.load(stored) as arrays:
            return Views(arrays["features"], arrays["taught"])

    def _taught(
        self,
        batches: tf.data.Dataset,
        photos: int,
        name: str,
        features: list[np.ndarray] | None = None,
    ) -> np.ndarray:
        """Ask the teacher; where `features` is a list, it gets the extractor's."""
        taught = []
        for number, (images, _) in enumerate(batches):
            taught.append(self.teacher(images).numpy().astype(np.float16))
            if features is not None:
                features.append(self.extractor(_bytes(images.numpy())))
            if number % 20 == 0:
                logger.info("%s: %d of %d views", name, number * BATCH, photos)
        return np.concatenate(taught)


def _save(path: Path, **arrays: np.ndarray) -> None:
    temporary = path.with_name(f"unfinished.{path.name}")
    np.savez(temporary, allow_pickle=False, **arrays)
    temporary.replace(path)


def _bytes(images: np.ndarray) -> np.ndarray:
    """Turn photos in [-1, 1] back into RGB bytes."""
    return np.clip(np.rint((images + 1.0) * 127.5), 0, 255).astype(np.uint8)
