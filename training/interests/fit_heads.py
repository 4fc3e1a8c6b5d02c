"""Fits the new head, once for all and once without each source that also trains."""

import logging
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from scipy.special import softmax

from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from training.features.feature_set import FeatureSet
from training.galleries.photos import EverydayPhotos
from training.interests import extract
from training.interests.drawn_kinds import KINDS
from training.interests.fit_photo_head import HeadConfig, fit_new_head
from training.interests.photo_head import PhotoHead
from training.interests.released_heads import BUNDLE, LIMIT, unfitted_head
from training.interests.training_photos import (
    FOLDERS,
    Examples,
    TargetConfig,
    Targets,
    scene_names,
)
from training.vocabulary.interests import Interests
from training.vocabulary.vocabulary import load_vocabulary

logger = logging.getLogger(__name__)
SMALLEST = 1e-4
"""Probabilities of a kind on a photo below this are not stored."""


def gather(
    data: Path, cache: Path, stored: FeatureSet, targets: Targets, without: str
) -> Examples:
    """Collect all photos to learn from, but those of one source."""
    bundle, order = find_bundle(BUNDLE), load_vocabulary().order
    extractor, teacher = Extractor(bundle), extract.Teacher(data)

    def answered(name: str, paths: list[Path]) -> tuple[np.ndarray, np.ndarray]:
        own = extract.features_of(name, extract.read(paths, bundle), extractor, cache)
        seen = extract.features_of(
            f"{name}-teacher", extract.read(paths, bundle), teacher.extractor, cache
        )
        return own, teacher.probabilities(seen)[:, order]

    scenes = data / "miniplaces" / "train"
    names = scene_names(scenes)
    rows = extract.everyday_rows(data, "train.csv")
    folder = data / "everyday" / "train"
    head = targets.head
    student = head.student_logits(
        head.standardise(stored.features[stored.rows("train")])
    )
    parts = [
        targets.labelled(stored, softmax(student, axis=1)),
        targets.scenes(
            names=names, **_named(answered("scenes", _paths(scenes, names)))
        ),
        targets.everyday(
            sources=[row["source"] for row in rows],
            without=without,
            **_named(answered("train", _paths(folder, [r["photo"] for r in rows]))),
        ),
    ]
    shown = _paths(scenes, names)[::20]
    for kind in KINDS:
        pictures = extract.drawn(kind, shown)
        parts.append(
            targets.sure(extract.features_of(kind, pictures, extractor, cache), kind)
        )
    views = extract.features_of("sunset", extract.sunsets(scenes), extractor, cache)
    parts.append(targets.sure(views, "everyday.sunset"))
    return Examples(*(np.concatenate(one) for one in zip(*parts, strict=True)))


def fit_heads(
    data: Path,
    cache: Path,
    stored: FeatureSet,
    interests: Interests,
    config: HeadConfig | None = None,
    mixing: TargetConfig | None = None,
) -> dict[str, PhotoHead]:
    """Fit a head on all photos, under "", and one without each source of `FOLDERS`."""
    start = unfitted_head(find_bundle(BUNDLE), interests, stored.scale)
    targets = Targets(interests, start, mixing or TargetConfig())
    heads = {}
    for without in ("", *FOLDERS):
        examples = gather(data, cache, stored, targets, without)
        standardised = start.standardise(examples.features)
        fitted = fit_new_head(
            np.clip(standardised, -LIMIT, LIMIT),
            start.student_logits(standardised),
            examples.targets,
            config or HeadConfig(),
        )
        logger.info("head without %s fitted", without or "nothing")
        arrays = {**start.__dict__}
        arrays |= {
            "new_kernel": fitted.kernel,
            "new_bias": fitted.bias,
            "student_scale": fitted.student_scale,
        }
        heads[without] = PhotoHead(**arrays)
    return heads


def out_of_source(heads: dict[str, PhotoHead], photos: EverydayPhotos) -> np.ndarray:
    """Classify each photo by a head that learned from no photo of its source.

    Returns:
        float32 `(photos, kinds)`.
    """
    answers = heads[""].kind_probabilities(photos.features)
    for source in FOLDERS:
        mine = photos.sources == source
        answers[mine] = heads[source].kind_probabilities(photos.features[mine])
    return answers


def sparse(kinds: np.ndarray) -> dict[str, np.ndarray]:
    """Keep the probabilities of kinds that matter, to be stored.

    Args:
        kinds: float `(photos, kinds)`.

    Returns:
        Arrays by name; `dense` is the inverse, but for what is below `SMALLEST`.
    """
    rows, columns = np.nonzero(kinds >= SMALLEST)
    return {
        "shape": np.array(kinds.shape),
        "rows": rows.astype(np.uint16),
        "columns": columns.astype(np.uint16),
        "probabilities": kinds[rows, columns].astype(np.float16),
    }


def dense(stored: Mapping[str, np.ndarray]) -> np.ndarray:
    """Give float32 `(photos, kinds)` of what `sparse` returned."""
    kinds = np.zeros(stored["shape"], np.float32)
    kinds[stored["rows"], stored["columns"]] = stored["probabilities"]
    return kinds


def _paths(folder: Path, names: list[str]) -> list[Path]:
    return [folder / name for name in names]


def _named(answered: tuple[np.ndarray, np.ndarray]) -> dict[str, np.ndarray]:
    return {"features": answered[0], "answers": answered[1]}
