"""Accuracy, multiplications, latency and size of an extractor by its input size."""

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from statistics import median
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
from photo_interests.extractor import Extractor
from photo_interests.files import write_atomically
from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.held_out_photos import HeldOutPhotos
from training.evaluation.photo_accuracy import top1_by_source
from training.features.extract import extract, feature_scale
from training.features.feature_set import FeatureSet
from training.smaller_input.resized import at_size, multiplications, resized

logger = logging.getLogger(__name__)
CALIBRATION = 300
COMPARED = 200
ROUNDS = 10
REFERENCE = "224"


class SmallerInputs:
    """One fine-tuned extractor at several sizes, and what is made of each.

    Args:
        backbone: Keras extractor.
        released: Folder of the int8 extractor that others are compared with.
        features: Its features of all photos.
        pixels: uint8 `(photos, height, width, 3)` of the same photos.
        config: Of the photo classifier that is fitted on each size's features.
        folder: Gets a folder a size, from which a killed run goes on.
    """

    def __init__(
        self,
        backbone: Path,
        released: Path,
        features: FeatureSet,
        pixels: np.ndarray,
        config: PhotoEvidenceConfig,
        folder: Path,
    ) -> None:
        self.backbone = backbone
        self.released = released
        self.features = features
        self.pixels = pixels
        self.config = config
        self.folder = folder

    def measure(self, sizes: Sequence[int], repeats: int) -> dict[str, Any]:
        """Measures each size on test photos.

        Args:
            sizes: Heights and widths of the input.
            repeats: Timed runs of each extractor, in turns with the released one.

        Returns:
            Ready for JSON: `accuracy` (see `top1_by_source`; by size, the released
            one first) and `sizes`: size -> `multiplications`, `bytes`, `latency`
            (threads -> `milliseconds`, `reference_milliseconds`, `ratio`) and
            `cosine_mean` of float and int8 features.
        """
        network = keras.saving.load_model(self.backbone, compile=False)
        test = self._test_photos()
        predicted = {REFERENCE: self._predict(self.features, test)}
        measured: dict[str, Any] = {}
        for size in sizes:
            made = self.make(network, size)
            predicted[f"{size}"] = self._predict(made, test)
            measured[f"{size}"] = self._costs(network, size, repeats)
            right = predicted[f"{size}"] == self.features.category_indices[test]
            logger.info("%d pixels: top-1 %.4f", size, right.mean())
        accuracy = top1_by_source(
            self.features.category_indices[test],
            predicted,
            self.features.photos["source"].to_numpy(str)[test],
        )
        return {"accuracy": accuracy, "sizes": measured}

    def make(self, network: keras.Model, size: int) -> FeatureSet:
        """Exports the network at a size and extracts all features, or finds them."""
        folder = self.folder / f"{size}"
        finished = folder / "features"
        if not (folder / QUANTISED_NAME).exists():
            self._export(at_size(network, size), size, folder)
        extractor = folder / QUANTISED_NAME
        if not finished.exists():
            key = hashlib.sha256(extractor.read_bytes()).hexdigest()
            reader = Extractor(extractor, threads=1)
            found = extract(
                self.pixels, lambda p: reader(resized(p, size)), key, folder / "parts"
            )
            scale = feature_scale(extractor)
            FeatureSet(
                found,
                scale,
                self.features.photos,
                self.features.categories,
                {**self.features.provenance, "extractor_sha256": key},
            ).save(finished)
        return FeatureSet.load(finished)

    def _export(self, network: keras.Model, size: int, folder: Path) -> None:
        drawn = {
            split: choose_calibration(
                self.pixels, self.features.rows(split).astype(np.int64), count, seed=0
            )
            for split, count in (("train", CALIBRATION), ("test", COMPARED))
        }
        small = {split: resized(photos, size) for split, photos in drawn.items()}
        quantised, floating = convert_extractor(network, small["train"])
        similarity = compare(quantised, floating, small["test"], threads=1)
        settings = {"input": size, "calibration_photos": len(small["train"])}
        write_extractor(folder, quantised, floating, similarity, settings)

    def _costs(self, network: keras.Model, size: int, repeats: int) -> dict[str, Any]:
        folder = self.folder / f"{size}"
        path = folder / "costs.json"
        if path.exists():
            return dict(json.loads(path.read_text(encoding="utf-8")))
        latency = {
            f"{threads}": self._latency(folder / QUANTISED_NAME, threads, repeats)
            for threads in (1, 2)
        }
        report = json.loads((folder / "extractor.json").read_text(encoding="utf-8"))
        costs = {
            "multiplications": multiplications(at_size(network, size)),
            "bytes": (folder / QUANTISED_NAME).stat().st_size,
            "float_bytes": (folder / FLOAT_NAME).stat().st_size,
            "latency": latency,
            "cosine_mean": report["cosine_mean"],
        }
        write_atomically(path, json.dumps(costs, indent=1) + "\n")
        return costs

    def _latency(self, extractor: Path, threads: int, repeats: int) -> dict[str, float]:
        """Median of several rounds: other work on the machine disturbs one of them."""
        rounds = [
            compare_latency(
                extractor, self.released / QUANTISED_NAME, threads, repeats // ROUNDS
            )
            for _ in range(ROUNDS)
        ]
        return {
            "milliseconds": median(one.milliseconds for one in rounds),
            "reference_milliseconds": median(
                one.reference_milliseconds for one in rounds
            ),
            "ratio": median(one.ratio for one in rounds),
        }

    def _test_photos(self) -> np.ndarray:
        test = self.features.rows("test")
        return test[self.features.category_indices[test] >= 0]

    def _predict(self, features: FeatureSet, rows: np.ndarray) -> np.ndarray:
        """Best category of photos, by a classifier of these features."""
        photos = HeldOutPhotos(self.config, features)
        regularisation, _ = photos.choose_regularisation()
        classifier = photos.final_classifier(regularisation)
        inputs = photos.aggregator.inputs(features.features[rows]).numpy()
        return classifier.logits(inputs)[:, :-1].argmax(axis=1)
