"""Accuracy, multiplications, latency and size of extractors that are to be faster."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np

from export.benchmark import compare_latency
from export.extractor import (
    FLOAT_NAME,
    QUANTISED_NAME,
    choose_calibration,
    compare,
    convert_extractor,
    write_extractor,
)
from photo_interests.models.extractor import Extractor
from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.cross_fitted_photo_classifier import (
    CrossFittedPhotoClassifier,
)
from training.backbone.mobilenet import at_size
from training.experiments.fast_extractors.candidates import Candidate
from training.features.extract import extract, feature_scale
from training.features.feature_set import EXTRACTOR_SHA256, FEATURES, FeatureSet
from training.metrics.multiply_accumulates import multiply_accumulates
from training.metrics.photo_accuracy import top1_by_source
from training.photos.pixels import resize
from training.runs import Run, sha256_of
from training.runs.hashing import CACHE

logger = logging.getLogger(__name__)
CALIBRATION = 300
COMPARED = 200
ROUNDS = 10
RELEASED = "released"
EXTRACTOR = "extractor"
PREDICTIONS = "predictions.npy"


class FastExtractors:
    """Extractors beside the released one, and what each is worth.

    Args:
        released: Folder of the int8 extractor that others are compared with.
        features: Its features of all photos.
        pixels: uint8 `(photos, height, width, 3)` of the same photos.
        config: Of the photo classifier that is fitted on each one's features.
        folder: Gets a folder for each, from which a killed run resumes.
    """

    def __init__(
        self,
        released: Path,
        features: FeatureSet,
        pixels: np.ndarray,
        config: PhotoEvidenceConfig,
        folder: Path,
    ) -> None:
        self.released = released
        self.features = features
        self.pixels = pixels
        self.config = config
        self.folder = folder
        self.inputs = {
            "pixels": sha256_of(pixels, folder / CACHE),
            "photos": sha256_of(features.photos),
        }

    def measure(
        self, released: Candidate, tried: Sequence[Candidate], repeats: int
    ) -> dict[str, Any]:
        """Measure each candidate on photos of categories.

        Args:
            released: The candidate that the released extractor was made from.
            tried: The candidates.
            repeats: Timed runs of each extractor, in turns with the released one.

        Returns:
            Ready for JSON: `accuracy` on test photos (see `top1_by_source`; by name,
            the released one first), `validation` (name -> top-1 on those photos),
            `released` and `candidates` (by name): `how`, `configs`, `pixels`,
            `features`, `multiplications`, `bytes`, `float_bytes`, and of candidates
            `latency` (threads -> `milliseconds`, `reference_milliseconds`, `ratio`).
        """
        predictions = {
            RELEASED: self._predictions(self.features, self.folder / RELEASED)
        }
        for one in tried:
            predictions[one.name] = self._predictions(self.make(one), self._folder(one))
            logger.info(
                "%s: top-1 %.4f on validation",
                one.name,
                self._right(predictions[one.name]),
            )
        test = self._photos("test")
        accuracy = top1_by_source(
            self.features.category_indices[test],
            {name: predicted[test] for name, predicted in predictions.items()},
            self.features.photos["source"].to_numpy(str)[test],
        )
        return {
            "accuracy": accuracy,
            "validation": {
                name: self._right(found) for name, found in predictions.items()
            },
            "released": self._work(released, self.released),
            "candidates": {
                one.name: {
                    **self._work(one, self._folder(one) / EXTRACTOR),
                    "latency": self._latencies(one, repeats),
                }
                for one in tried
            },
        }

    def make(self, candidate: Candidate) -> FeatureSet:
        """Export a candidate and extract all features, unless that is done."""
        extractor, size = self._export(candidate) / QUANTISED_NAME, candidate.pixels
        run = Run(
            self._folder(candidate),
            "features",
            kind="features",
            config={},
            inputs={"extractor": extractor, **self.inputs},
            output=FEATURES,
        )

        def compute(_: dict[str, Any]) -> None:
            reader, key = Extractor(extractor, threads=1), run.inputs["extractor"]
            FeatureSet(
                extract(
                    self.pixels, lambda p: reader(resize(p, size)), key, run.scratch
                ),
                feature_scale(extractor),
                self.features.photos,
                self.features.categories,
                {**self.features.provenance, EXTRACTOR_SHA256: key},
            ).write(run.directory)

        run.ensure(compute)
        return FeatureSet.load(run.directory)

    def _folder(self, candidate: Candidate) -> Path:
        return self.folder / candidate.name.replace(":", "-")

    def _export(self, candidate: Candidate) -> Path:
        """Export a candidate to both files of its extractor; gives their folder."""
        size = candidate.pixels
        run = Run(
            self._folder(candidate),
            EXTRACTOR,
            kind="extractor",
            config={"pixels": size, "calibration": CALIBRATION, "compared": COMPARED},
            inputs={"backbone": candidate.backbone, **self.inputs},
            output=QUANTISED_NAME,
        )

        def drawn(split: str, count: int) -> np.ndarray:
            rows = self.features.rows(split).astype(np.int64)
            return resize(choose_calibration(self.pixels, rows, count, seed=0), size)

        def compute(_: dict[str, Any]) -> None:
            network = keras.saving.load_model(candidate.backbone, compile=False)
            quantised, floating = convert_extractor(
                at_size(network, size), drawn("train", CALIBRATION)
            )
            similarity = compare(
                quantised, floating, drawn("test", COMPARED), threads=1
            )
            settings = {"input": size, "calibration_photos": CALIBRATION}
            write_extractor(run.directory, quantised, floating, similarity, settings)

        run.ensure(compute)
        return run.directory

    def _work(self, candidate: Candidate, folder: Path) -> dict[str, Any]:
        network = keras.saving.load_model(candidate.backbone, compile=False)
        return {
            "how": candidate.how,
            "configs": list(candidate.configs),
            "pixels": candidate.pixels,
            "features": network.output_shape[-1],
            "multiplications": multiply_accumulates(at_size(network, candidate.pixels)),
            "bytes": (folder / QUANTISED_NAME).stat().st_size,
            "float_bytes": (folder / FLOAT_NAME).stat().st_size,
        }

    def _latencies(self, candidate: Candidate, repeats: int) -> dict[str, Any]:
        extractor = self._folder(candidate) / EXTRACTOR / QUANTISED_NAME
        return {f"{n}": self._latency(extractor, n, repeats) for n in (1, 2)}

    def _latency(self, extractor: Path, threads: int, repeats: int) -> dict[str, float]:
        """Best of several rounds: other work on the machine only ever adds to one."""
        rounds = [
            compare_latency(
                extractor, self.released / QUANTISED_NAME, threads, repeats // ROUNDS
            )
            for _ in range(ROUNDS)
        ]
        own = min(one.milliseconds for one in rounds)
        reference = min(one.reference_milliseconds for one in rounds)
        return {
            "milliseconds": own,
            "reference_milliseconds": reference,
            "ratio": own / reference,
        }

    def _photos(self, split: str) -> np.ndarray:
        rows = self.features.rows(split)
        return rows[self.features.category_indices[rows] >= 0]

    def _right(self, predicted: np.ndarray) -> float:
        rows = self._photos("validation")
        truth = self.features.category_indices[rows]
        return float((predicted[rows] == truth).mean())

    def _predictions(self, features: FeatureSet, folder: Path) -> np.ndarray:
        """Predict once, so that latency can be measured again by itself."""
        run = Run(
            folder,
            "predictions",
            kind="photo predictions",
            config={"classifier": self.config, "scale": features.scale},
            inputs={"features": features.sha256, "photos": self.inputs["photos"]},
            output=PREDICTIONS,
        )
        run.ensure(
            lambda _: np.save(run.directory / PREDICTIONS, self._predict(features))
        )
        return np.load(run.directory / PREDICTIONS)

    def _predict(self, features: FeatureSet) -> np.ndarray:
        """Best category of all photos, by a classifier of these features."""
        photos = CrossFittedPhotoClassifier(self.config, features)
        regularisation, _ = photos.choose_regularisation()
        classifier = photos.final_classifier(regularisation)
        inputs = photos.aggregator.clipped(features.features).numpy()
        return classifier.logits(inputs)[:, :-1].argmax(axis=1)
