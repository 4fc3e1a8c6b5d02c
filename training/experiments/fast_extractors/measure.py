"""Accuracy, multiplications, latency and size of extractors that are to be faster."""

import hashlib
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
    REPORT_NAME,
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
from training.experiments.fast_extractors.cached_array import cached_array
from training.experiments.fast_extractors.candidates import Candidate
from training.features.extract import extract, feature_scale
from training.features.feature_set import EXTRACTOR_SHA256, FeatureSet
from training.metrics.multiply_accumulates import multiply_accumulates
from training.metrics.photo_accuracy import top1_by_source
from training.photos.pixels import resize
from training.runs import sha256_of

logger = logging.getLogger(__name__)
CALIBRATION = 300
COMPARED = 200
ROUNDS = 10
RELEASED = "released"
PREDICTIONS = "predictions.npz"


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
                    **self._work(one, self._folder(one)),
                    "latency": self._latencies(one, repeats),
                }
                for one in tried
            },
        }

    def make(self, candidate: Candidate) -> FeatureSet:
        """Export a candidate and extract all features, unless that is done."""
        folder = self._folder(candidate)
        finished = folder / "features"
        backbone = hashlib.sha256(candidate.backbone.read_bytes()).hexdigest()
        report = folder / REPORT_NAME
        if not (report.exists() and backbone in report.read_text(encoding="utf-8")):
            self._export(candidate, backbone, folder)
        extractor = folder / QUANTISED_NAME
        key = sha256_of(extractor)
        if finished.exists():
            found = FeatureSet.load(finished)
            if found.extractor_sha256 == key:
                return found
        reader, size = Extractor(extractor, threads=1), candidate.pixels
        made = FeatureSet(
            extract(
                self.pixels, lambda p: reader(resize(p, size)), key, folder / "parts"
            ),
            feature_scale(extractor),
            self.features.photos,
            self.features.categories,
            {**self.features.provenance, EXTRACTOR_SHA256: key},
        )
        made.save(finished)
        return made

    def _folder(self, candidate: Candidate) -> Path:
        return self.folder / candidate.name.replace(":", "-")

    def _export(self, candidate: Candidate, backbone: str, folder: Path) -> None:
        drawn = {
            split: choose_calibration(
                self.pixels, self.features.rows(split).astype(np.int64), count, seed=0
            )
            for split, count in (("train", CALIBRATION), ("test", COMPARED))
        }
        size = candidate.pixels
        small = {split: resize(photos, size) for split, photos in drawn.items()}
        network = keras.saving.load_model(candidate.backbone, compile=False)
        quantised, floating = convert_extractor(at_size(network, size), small["train"])
        similarity = compare(quantised, floating, small["test"], threads=1)
        settings = {
            "backbone_sha256": backbone,
            "input": size,
            "calibration_photos": len(small["train"]),
        }
        write_extractor(folder, quantised, floating, similarity, settings)

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
        extractor = self._folder(candidate) / QUANTISED_NAME
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
        made_of = f"{self.config} {features.scale} {features.photos.to_csv()}"
        key = hashlib.sha256(made_of.encode())
        key.update(features.category_indices.tobytes())
        key.update(np.ascontiguousarray(features.features).tobytes())
        return cached_array(
            folder / PREDICTIONS, key.hexdigest(), lambda: self._predict(features)
        )

    def _predict(self, features: FeatureSet) -> np.ndarray:
        """Best category of all photos, by a classifier of these features."""
        photos = CrossFittedPhotoClassifier(self.config, features)
        regularisation, _ = photos.choose_regularisation()
        classifier = photos.final_classifier(regularisation)
        inputs = photos.aggregator.clipped(features.features).numpy()
        return classifier.logits(inputs)[:, :-1].argmax(axis=1)
