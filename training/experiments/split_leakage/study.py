"""Neighbours and mirror images across splits, and what they are worth in accuracy."""

import logging
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pandas as pd

from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.cross_fitted_photo_classifier import (
    CrossFittedPhotoClassifier,
)
from training.experiments.split_leakage.strict_split import (
    Pairs,
    StrictSplit,
    burst_pairs,
    split_strictly,
    unit_features,
)
from training.features.feature_set import FeatureSet
from training.metrics.bootstrap import Bootstrap

logger = logging.getLogger(__name__)
BOUNDS = (0.8, 0.9, 0.95)


def study_leakage(
    feature_set: FeatureSet,
    photos: pd.DataFrame,
    mirrors: Pairs,
    config: StrictSplit,
    classifier: PhotoEvidenceConfig,
) -> dict[str, Any]:
    """Measure what crosses the split, then split strictly and measure again.

    Args:
        feature_set: The photos, with the split in use.
        photos: The same photos in the same order, with their paths.
        mirrors: Pairs of photos that are mirror images.
        config: The strict split.
        classifier: The photo classifier that is fitted under both splits.

    Returns:
        Ready for JSON: `in_use` and `strict`, each with `counts` (source -> split ->
        photos), `crossing` (see `crossing`) and `top1` (see `accuracy`).
    """
    units = unit_features(feature_set)
    sources = photos["source"].to_numpy(str)
    bursts = burst_pairs(units, sources, config.cosine)
    logger.info("%d pairs in bursts, %d mirror images", len(bursts), len(mirrors))
    strict = split_strictly(photos, bursts, mirrors, config)
    old_test = photos["split"].to_numpy() == "test"
    found = {"config": asdict(config)}
    for name, table in (("in_use", photos), ("strict", strict)):
        columns = {key: table[key].to_numpy() for key in ("split", "group")}
        own = replace(feature_set, photos=feature_set.photos.assign(**columns))
        found[name] = {
            "counts": _counts(table),
            "crossing": crossing(own, units, mirrors),
            "top1": accuracy(own, units, mirrors, classifier, old_test),
        }
        logger.info("%s: %s", name, found[name])
    return found


def crossing(
    feature_set: FeatureSet, units: np.ndarray, mirrors: Pairs
) -> dict[str, Any]:
    """Count test photos that have a relative in training or validation.

    Returns:
        source -> `photos` of the test, share with a neighbour of the same source above
        each of `BOUNDS`, `mirror_images`, and `mirror_images_by_label` of those labels
        that have some: [mirror images, test photos].
    """
    nearest = nearest_known(feature_set, units)
    mirrored = mirrored_tests(feature_set, mirrors)
    test, table = feature_set.rows("test"), feature_set.photos
    found = {}
    for source in sorted(set(table["source"])):
        rows = test[(table["source"].to_numpy()[test] == source)]
        labels = table["label"].to_numpy()[rows]
        with_mirror = sorted(set(labels[mirrored[rows]]))
        found[source] = {
            "photos": len(rows),
            "neighbour_above": {
                str(bound): float((nearest[rows] > bound).mean()) for bound in BOUNDS
            },
            "mirror_images": int(mirrored[rows].sum()),
            "mirror_images_by_label": {
                label: [
                    int(mirrored[rows][labels == label].sum()),
                    int((labels == label).sum()),
                ]
                for label in with_mirror
            },
        }
    return found


def nearest_known(feature_set: FeatureSet, units: np.ndarray) -> np.ndarray:
    """Cosine of each test photo's nearest training or validation photo of its source.

    Returns:
        float `(photos,)`; 0 for other photos.
    """
    sources = feature_set.photos["source"].to_numpy(str)
    splits = feature_set.photos["split"].to_numpy(str)
    nearest = np.zeros(len(units))
    for source in np.unique(sources):
        test = np.flatnonzero((sources == source) & (splits == "test"))
        known = np.flatnonzero((sources == source) & (splits != "test"))
        if len(test) and len(known):
            nearest[test] = (units[test] @ units[known].T).max(axis=1)
    return nearest


def mirrored_tests(feature_set: FeatureSet, mirrors: Pairs) -> np.ndarray:
    """Mark test photos with a mirror image in training or validation, `(photos,)`."""
    is_test = (feature_set.photos["split"] == "test").to_numpy()
    marks = np.zeros(len(is_test), bool)
    for one, other in mirrors:
        if is_test[one] != is_test[other]:
            marks[one if is_test[one] else other] = True
    return marks


def accuracy(
    feature_set: FeatureSet,
    units: np.ndarray,
    mirrors: Pairs,
    config: PhotoEvidenceConfig,
    old_test: np.ndarray,
) -> dict[str, Any]:
    """Fit the photo classifier on training photos and count right test photos.

    Args:
        feature_set: Photos with the split to fit under.
        units: See `unit_features`.
        mirrors: See `mirrored_tests`.
        config: Of the classifier.
        old_test: Photos of the test under the split in use, bool `(photos,)`: the
            extractor was not trained on them.

    Returns:
        source -> `all` test photos, those `without_relatives` across the split, and
        those `unseen_by_extractor`: `photos`, and top-1 `value`, `low`, `high`.
    """
    photos = CrossFittedPhotoClassifier(config, feature_set)
    fitted = photos.final_classifier(config.regularisations[0])
    rows = feature_set.rows("test")
    rows = rows[feature_set.category_indices[rows] >= 0]
    clipped = photos.aggregator.clipped(feature_set.features[rows]).numpy()
    logits = fitted.logits(clipped)[:, :-1]
    right = logits.argmax(axis=1) == feature_set.category_indices[rows]
    related = nearest_known(feature_set, units) > BOUNDS[1]
    related |= mirrored_tests(feature_set, mirrors)
    sources = feature_set.photos["source"].to_numpy(str)[rows]
    parts = {
        "all": np.ones(len(rows), bool),
        "without_relatives": ~related[rows],
        "unseen_by_extractor": old_test[rows],
    }
    return {
        str(source): {
            part: _top1(right[(sources == source) & marks])
            for part, marks in parts.items()
        }
        for source in np.unique(sources)
    }


def _top1(right: np.ndarray) -> dict[str, Any]:
    if not len(right):
        return {"photos": 0}
    interval = Bootstrap(len(right)).mean(right.astype(float))
    return {"photos": len(right)} | asdict(interval)


def _counts(table: pd.DataFrame) -> dict[str, dict[str, int]]:
    return {
        str(source): {str(split): int(count) for split, count in splits.items()}
        for source, splits in pd.crosstab(table["source"], table["split"]).iterrows()
    }
