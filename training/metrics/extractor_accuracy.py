"""What fine-tuning and quantisation do to an extractor, on test photos."""

from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.models.extractor import Extractor
from training.backbone.fit import FROZEN, TUNED, BackboneRun
from training.backbone.probe import LinearProbe
from training.features.extract import feature_scale
from training.metrics.photo_accuracy import cosine_agreement, top1_by_source

FLOAT_NAME = "float"
INT8_NAME = "int8"
FROZEN_NAME = "frozen"


def extractor_accuracy(run: BackboneRun, extractor: Path) -> dict[str, Any]:
    """Compare extractors through linear probes of their features.

    The float and the int8 extractor share one probe, learnt on float features, so
    that their difference is that of quantisation alone.

    Args:
        run: A finished fine-tuning run.
        extractor: Folder with its quantised `extractor.tflite`.

    Returns:
        `sources` (see `top1_by_source`; `frozen` is the extractor that fine-tuning
        started from, through a probe of its own) and `cosine` (see
        `cosine_agreement`).
    """
    test = run.rows["test"]
    test = test[run.labels[test] < run.categories]
    frozen, tuned = run.initial_extractor(), run.tuned_extractor()
    probe = run.probe(TUNED, tuned)
    in_float = run.features(tuned, test)
    in_int8 = _int8_features(run.pixels[test], extractor / "extractor.tflite")
    predictions = {
        FLOAT_NAME: _best(probe, in_float),
        INT8_NAME: _best(probe, in_int8),
        FROZEN_NAME: _best(run.probe(FROZEN, frozen), run.features(frozen, test)),
    }
    sources = run.photos["source"].to_numpy(str)[test]
    return {
        "sources": top1_by_source(run.labels[test], predictions, sources),
        "cosine": cosine_agreement(in_float, in_int8),
    }


def _best(probe: LinearProbe, features: np.ndarray) -> np.ndarray:
    """Best category of each photo, without the background class (the last one)."""
    return probe.logits(features)[:, :-1].argmax(axis=1)


def _int8_features(pixels: np.ndarray, extractor: Path) -> np.ndarray:
    features = Extractor(extractor, threads=2)(pixels)
    return features.astype(np.float32) * np.float32(feature_scale(extractor))
