"""Features and teacher logits of photos, whole and as augmented views, kept in runs."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from photo_interests.models.extractor import Extractor
from training.arrays import Bytes, Floats
from training.backbone.augmentation import plain_batches, training_batches
from training.backbone.fit import BackboneRun
from training.backbone.pretrained import build_teacher, pretrained_input
from training.features.feature_set import FeatureSet
from training.runs import Input, Run, tracked, writing

BATCH = 64
VIEWS = "views.npz"


class Views(NamedTuple):
    """Some photos, or views of them.

    Attributes:
        features: uint8 (views, dimension), as they are stored.
        teacher_logits: float16 (views, classes).
    """

    features: Bytes
    teacher_logits: Floats


class PhotoViews:
    """Runs a quantised extractor and the teacher on photos.

    What they give is kept in a run of its own, by everything that it depends on.

    Args:
        run: A fine-tuning run: its photos, splits and pretrained weights.
        extractor: Folder with the quantised `extractor.tflite`.
        feature_set: Its features of the whole photos.
        directory: Folder of the runs.
    """

    def __init__(
        self,
        run: BackboneRun,
        extractor: Path,
        feature_set: FeatureSet,
        directory: Path,
    ) -> None:
        self.run = run
        self.feature_set = feature_set
        self.directory = directory
        self.extractor_file = extractor / "extractor.tflite"
        self.extractor = Extractor(self.extractor_file, threads=2)
        self.teacher = tf.function(build_teacher(run.size, run.data))

    def whole(self, split: str) -> Views:
        """Give all photos of a split as they are, in order."""
        run, rows = self.run, self.run.rows[split]

        def batches() -> tf.data.Dataset:
            return plain_batches(run.pixels, rows, run.labels[rows], BATCH, run.size)

        config: dict[str, object] = {"split": split, "size": run.size}
        found = self._kept(f"{split}-whole", config, {}, batches)
        return found._replace(features=self.feature_set.features[rows])

    def augmented(self, split: str, seed: int) -> Views:
        """Give one random crop, mirrored and recoloured, of each photo of a split.

        Args:
            split: `train`, `validation` or `test`.
            seed: Seed of order and augmentation.
        """
        run, rows = self.run, self.run.rows[split]

        def batches() -> tf.data.Dataset:
            return training_batches(
                run.pixels,
                rows,
                run.labels[rows],
                batch_size=BATCH,
                crop_size=run.size,
                min_crop_area=run.config.min_crop_area,
                seed=seed,
            )

        config: dict[str, object] = {
            "split": split,
            "size": run.size,
            "seed": seed,
            "min_crop_area": run.config.min_crop_area,
        }
        inputs: dict[str, Input] = {"extractor": self.extractor_file}
        return self._kept(f"{split}-{seed}", config, inputs, batches)

    def _kept(
        self,
        name: str,
        config: dict[str, object],
        inputs: dict[str, Input],
        batches: Callable[[], tf.data.Dataset],
    ) -> Views:
        """Compute views once; their features only where the extractor is an input."""
        photos = {n: self.run.run.inputs[n] for n in ("pixels", "photos")}
        teacher = pretrained_input(self.run.data, 1.0)
        kept = Run(
            self.directory,
            name,
            kind="views",
            config=config,
            inputs={**photos, "teacher": teacher, **inputs},
            output=VIEWS,
        )

        def compute(_: dict[str, object]) -> None:
            logits: list[Floats] = []
            features: list[Bytes] = []
            for images, _labels in tracked(batches(), f"Views {name}"):
                logits.append(self.teacher(images).numpy().astype(np.float16))
                if "extractor" in inputs:
                    features.append(self.extractor(_bytes(images.numpy())))
            views = Views(
                np.concatenate(features or [np.empty((0, 0), np.uint8)]),
                np.concatenate(logits),
            )
            with writing(kept.directory / VIEWS) as path:
                np.savez(path, allow_pickle=False, **views._asdict())

        kept.ensure(compute)
        with np.load(kept.directory / VIEWS) as found:
            return Views(found["features"], found["teacher_logits"])


def _bytes(images: Floats) -> Bytes:
    """Turn photos in [-1, 1] back into RGB bytes."""
    return np.clip(np.rint((images + 1.0) * 127.5), 0, 255).astype(np.uint8)
