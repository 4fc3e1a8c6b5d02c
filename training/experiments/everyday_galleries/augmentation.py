"""Turned and barred copies of training photos: do they make the heads robust?

What is tried is judged on validation photos of the labelled sets and on test scenes,
which train nothing here; everyday galleries are looked at last.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from training.experiments.everyday_galleries.robustness import (
    ALTERATIONS,
    Lists,
    altered,
)
from training.features.feature_set import FeatureSet
from training.galleries.benchmark import make_benchmark
from training.galleries.photos import EverydayPhotos
from training.interests import extract, fit_heads, photo_groups
from training.interests.calibration import PhotoCalibration
from training.interests.config import InterestsConfig
from training.interests.fit_interests import fit_interests, rolled_up
from training.interests.fit_photo_head import fit_new_head
from training.interests.photo_groups import PhotoGroups
from training.interests.photo_head import PhotoHead
from training.interests.released_heads import BUNDLE, LIMIT, unfitted_head
from training.interests.repetition import Readout
from training.interests.training_photos import FOLDERS, Examples, Targets, scene_names
from training.photos.labelled import labelled_photos
from training.vocabulary.interests import Interests

logger = logging.getLogger(__name__)
AS_IT_IS = "as it is"
MAX_LOSS = 0.005
"""Share of right first kinds that photos as they are may lose."""
TURNED, BARRED = "turned by 90 degrees", "black bars"
VARIANTS: Mapping[str, tuple[str, ...]] = {
    "as they are": (),
    "and turned": (TURNED,),
    "and barred": (BARRED,),
    "and turned and barred": (TURNED, BARRED),
}
EVERY = {"labelled": 4, "scenes": 3, "train": 2}
"""One of so many training photos is copied."""
EVERY_TEST_SCENE = 2


class Part(NamedTuple):
    """Photos of one group to copy.

    Attributes:
        paths: Their files.
        rows: Which of the group's photos they are.
    """

    paths: list[Path]
    rows: np.ndarray


class Copies:
    """Features of altered copies, kept in a folder.

    Args:
        data: Photo sets.
        cache: Folder for the features.
        stored: The labelled photos.
    """

    def __init__(self, data: Path, cache: Path, stored: FeatureSet) -> None:
        self.cache, bundle = cache, find_bundle(BUNDLE)
        self.extractor = Extractor(bundle)
        groups = PhotoGroups(data, extract.rule_of(bundle))
        labelled = [data / one.path for one in labelled_photos(data)]
        validation = stored.rows("validation")
        tests = groups.paths(photo_groups.SCENES_TEST)[::EVERY_TEST_SCENE]
        self.parts = {
            "labelled": _every(
                [labelled[row] for row in stored.rows("train")], EVERY["labelled"]
            ),
            "scenes": _every(groups.paths(photo_groups.SCENES), EVERY["scenes"]),
            "train": _every(groups.paths(photo_groups.TRAIN), EVERY["train"]),
            "validation": _every([labelled[row] for row in validation], 1),
            "test scenes": _every(tests, 1),
        }

    def features(self, part: str, alteration: str) -> np.ndarray:
        """Give the stored features of a part's copies, uint8 `(photos, D)`."""
        pixels = altered(self.parts[part].paths, ALTERATIONS[alteration])
        name = f"{part}, {alteration}"
        return extract.features_of(name, pixels, self.extractor, self.cache)


def compare_copies(
    data: Path, cache: Path, stored: FeatureSet, interests: Interests
) -> tuple[dict[str, Any], str, dict[str, dict[str, PhotoHead]]]:
    """Fit heads with and without copies, and choose by photos held out.

    Args:
        data: Photo sets and pretrained weights.
        cache: Folder for features.
        stored: The labelled photos.
        interests: The taxonomy.

    Returns:
        By variant, share of right first kinds by photos and alteration; the variant
        chosen, see `choose`; and the heads of the first and the chosen variant, see
        `fit_heads`.
    """
    interests_config = InterestsConfig()
    reader = fit_heads.BundleReader(data, cache)
    start = unfitted_head(find_bundle(BUNDLE), interests, stored.scale)
    targets = Targets(interests, start, interests_config.targets)
    copies = Copies(data, cache, stored)
    rows = extract.everyday_rows(data, "train.csv")
    sources = np.array([row["source"] for row in rows])

    def fit(variant: str, without: str) -> PhotoHead:
        examples = fit_heads.gather(data, reader, stored, targets, without)
        keep = sources != without
        parts = [examples] + [
            _copied(examples, copies, one, stored, keep) for one in VARIANTS[variant]
        ]
        joined = Examples(*map(np.concatenate, zip(*parts, strict=True)))
        standardised = start.standardise(joined.features)
        fitted = fit_new_head(
            np.clip(standardised, -LIMIT, LIMIT),
            start.student_logits(standardised),
            joined.targets,
            interests_config.head,
        )
        logger.info("photos %s, without %s: fitted", variant, without or "nothing")
        return replace(
            start,
            new_kernel=fitted.kernel,
            new_bias=fitted.bias,
            student_scale=fitted.student_scale,
        )

    whole = {name: fit(name, "") for name in VARIANTS}
    results = {
        name: _measure(one, copies, stored, reader, interests)
        for name, one in whole.items()
    }
    chosen = choose(results)
    heads = {
        name: {"": whole[name], **{one: fit(name, one) for one in FOLDERS}}
        for name in dict.fromkeys((next(iter(VARIANTS)), chosen))
    }
    return results, chosen, heads


def choose(results: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """Choose what is best on altered photos and does not lose on the others.

    Args:
        results: By variant, see `compare_copies`; the first has no copies.

    Returns:
        The variant that is right on most altered photos held out, of those that lose
        at most `MAX_LOSS` on photos as they are.
    """
    first = next(iter(results.values()))
    kept = {
        name: sum(share for shares in one.values() for share in shares.values())
        for name, one in results.items()
        if all(
            shares[AS_IT_IS] >= first[part][AS_IT_IS] - MAX_LOSS
            for part, shares in one.items()
        )
    }
    return max(kept, key=lambda name: kept[name])


def _copied(
    examples: Examples,
    copies: Copies,
    alteration: str,
    stored: FeatureSet,
    keep: np.ndarray,
) -> Examples:
    """Copies with the targets of the photos that they are of."""
    labelled = len(stored.rows("train"))
    scenes = labelled + 6000
    features, targets = [], []
    for part, start in (("labelled", 0), ("scenes", labelled)):
        rows = copies.parts[part].rows + start
        features.append(copies.features(part, alteration))
        targets.append(examples.targets[rows])
    kept = np.cumsum(keep) - 1
    rows = copies.parts["train"].rows
    mine = keep[rows]
    features.append(copies.features("train", alteration)[mine])
    targets.append(examples.targets[scenes + kept[rows[mine]]])
    return Examples(np.concatenate(features), np.concatenate(targets))


def _measure(
    head: PhotoHead,
    copies: Copies,
    stored: FeatureSet,
    reader: fit_heads.BundleReader,
    interests: Interests,
) -> dict[str, dict[str, float]]:
    rows = stored.rows("validation")
    labelled = stored.category_indices[rows]
    folder = reader.groups.scenes.with_name("test")
    names = scene_names(folder)[::EVERY_TEST_SCENE]
    scenes = np.array(
        [interests.kind_index[f"scene.{name.split('/')[0]}"] for name in names]
    )
    upright = {
        "validation": stored.features[rows],
        "test scenes": reader.features(photo_groups.SCENES_TEST)[::EVERY_TEST_SCENE],
    }
    results: dict[str, dict[str, float]] = {}
    for part, right in (("validation", labelled), ("test scenes", scenes)):
        known = right >= 0
        for name in (AS_IT_IS, TURNED, BARRED):
            features = (
                upright[part] if name == AS_IT_IS else copies.features(part, name)
            )
            kinds = head.kind_probabilities(features[known])
            found = results.setdefault(part, {})
            found[name] = float((kinds.argmax(axis=1) == right[known]).mean())
    return results


def _every(paths: list[Path], step: int) -> Part:
    return Part(paths[::step], np.arange(0, len(paths), step))


def on_galleries(
    data: Path,
    cache: Path,
    heads: Mapping[str, Mapping[str, PhotoHead]],
    photos: EverydayPhotos,
    interests: Interests,
) -> dict[str, Any]:
    """Calibrate and read out across sources with each variant's heads.

    Args:
        data: Photo sets.
        cache: Folder for the features of altered everyday photos.
        heads: By variant and by the source that a head was fitted without.
        photos: The everyday photos.
        interests: The taxonomy.

    Returns:
        By variant: `interests` and `kinds` as of the release, and `kept`, the share of
        shown interests that galleries of altered photos show as well.
    """
    config = InterestsConfig()
    drawn = config.galleries
    benchmark = make_benchmark(photos, interests, drawn.draws, drawn.large_draws)
    galleries = benchmark.galleries["small"]
    paths = [
        data / "everyday" / "photos" / row["photo"]
        for row in extract.everyday_rows(data, "labels.csv")
    ]
    extractor = Extractor(find_bundle(BUNDLE))
    changed = {
        name: extract.features_of(
            f"everyday {name}", altered(paths, ALTERATIONS[name]), extractor, cache
        )
        for name in (TURNED, BARRED)
    }
    results = {}
    for name, fitted in heads.items():
        kinds = fit_heads.out_of_source(dict(fitted), photos)
        rolled = rolled_up(kinds, interests)
        values, measured = fit_interests(benchmark, rolled, kinds, drawn)
        calibration = PhotoCalibration(**values["calibration"])
        lists = Lists(Readout(**values["interests"]), benchmark.fitted)
        before = [lists.shown(calibration(rolled), one.rows) for one in galleries]
        measured["kept"] = {}
        for alteration, features in changed.items():
            other = fit_heads.out_of_source(
                dict(fitted), replace(photos, features=features)
            )
            seen = calibration(rolled_up(other, interests))
            after = [lists.shown(seen, one.rows) for one in galleries]
            measured["kept"][alteration] = lists.kept(before, after)
        results[name] = measured
    return results
