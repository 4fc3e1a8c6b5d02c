"""Fits the new head, once for all and once without each source that also trains."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np
from scipy.special import softmax

from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.models.extractor import Extractor
from training.features.feature_set import FeatureSet
from training.galleries.photos import EverydayPhotos
from training.interests import extract
from training.interests.bases import MOBILENET, Base
from training.interests.drawn_kinds import DRAWINGS
from training.interests.fit_photo_head import HeadConfig, fit_new_head
from training.interests.photo_groups import SCENES, SUNSET, TRAIN, PhotoGroups
from training.interests.photo_head import PhotoHead
from training.interests.released_heads import LIMIT
from training.interests.training_photos import (
    FOLDERS,
    Examples,
    Targets,
    scene_names,
)
from training.vocabulary.vocabulary import load_vocabulary

logger = logging.getLogger(__name__)
SMALLEST = 1e-4
"""Probabilities of a kind on a photo below this are not stored."""


class PhotoReader(Protocol):
    """Features of groups of photos, and what a classifier of ImageNet says of them."""

    def features(self, group: str) -> np.ndarray:
        """Give the stored features of a group, uint8 `(photos, D)`."""

    def answers(self, group: str) -> np.ndarray:
        """Give the probabilities of the student's classes, in its order."""


class BundleReader:
    """Reads groups of photos with an extractor, and has its teacher answer.

    Args:
        data: Photo sets and pretrained weights.
        cache: Folder for the features.
        base: Whose extractor; the student of one with heads of its own is the teacher.
        head: With that student; it may be None for other bases.
    """

    def __init__(
        self,
        data: Path,
        cache: Path,
        base: Base = MOBILENET,
        head: PhotoHead | None = None,
    ) -> None:
        self.groups, self.cache = PhotoGroups(data, INPUT_RULE), cache
        self.extractor = Extractor(base.extractor)
        self.own = head if base.heads else None
        self.teacher = None if base.heads else extract.Teacher(data)
        self.order = load_vocabulary().order

    def features(self, group: str) -> np.ndarray:
        """See `PhotoReader`."""
        pixels = extract.lazily(self.groups, group)
        return extract.features_of(group, pixels, self.extractor, self.cache)

    def answers(self, group: str) -> np.ndarray:
        """See `PhotoReader`."""
        if self.teacher is None:
            assert self.own is not None
            return answers_of(self.own, self.features(group))
        pixels = extract.lazily(self.groups, group)
        seen = extract.features_of(
            f"{group}-teacher", pixels, self.teacher.extractor, self.cache
        )
        return self.teacher.probabilities(seen)[:, self.order]


def answers_of(head: PhotoHead, features: np.ndarray) -> np.ndarray:
    """Probabilities of the student's classes for stored features `(photos, D)`."""
    logits = head.student_logits(head.standardise(features))
    return np.asarray(softmax(logits, axis=1))


def gather(
    data: Path,
    reader: PhotoReader,
    stored: FeatureSet,
    targets: Targets,
    without: str | Sequence[str],
) -> Examples:
    """Collect all photos to learn from, but those of one source or of several."""
    rows = extract.everyday_rows(data, "train.csv")
    head = targets.head
    student = answers_of(head, stored.features[stored.rows("train")])
    parts = [
        targets.labelled(stored, student),
        targets.scenes(
            reader.features(SCENES),
            scene_names(data / "miniplaces" / "train"),
            reader.answers(SCENES),
        ),
        targets.everyday(
            reader.features(TRAIN),
            [row["source"] for row in rows],
            reader.answers(TRAIN),
            without,
        ),
        *(
            targets.sure(reader.features(name), drawing.kind)
            for name, drawing in DRAWINGS.items()
        ),
        targets.sure(reader.features(SUNSET), "everyday.sunset"),
    ]
    return Examples(*(np.concatenate(one) for one in zip(*parts, strict=True)))


def fit_heads(
    data: Path,
    reader: PhotoReader,
    stored: FeatureSet,
    targets: Targets,
    config: HeadConfig,
) -> dict[str, PhotoHead]:
    """Fit a head on all photos, under "", and one without each source of `FOLDERS`.

    Args:
        data: Photo sets.
        reader: Of the same extractor as the features.
        stored: The labelled photos.
        targets: What is to be learned; its head is what is fitted further.
        config: How.
    """
    start, heads = targets.head, {}
    for without in ("", *FOLDERS):
        examples = gather(data, reader, stored, targets, without)
        heads[without] = fit_head(start, examples, config)
        logger.info("head without %s fitted", without or "nothing")
    return heads


def fit_head(start: PhotoHead, examples: Examples, config: HeadConfig) -> PhotoHead:
    """Fit the new part of a head; all else of it stays.

    Args:
        start: With the student that it is fitted beside.
        examples: Photos to learn from.
        config: How.
    """
    standardised = start.standardise(examples.features)
    fitted = fit_new_head(
        np.clip(standardised, -LIMIT, LIMIT),
        start.student_logits(standardised),
        examples.targets,
        config,
    )
    return replace(
        start,
        new_kernel=fitted.kernel,
        new_bias=fitted.bias,
        student_scale=fitted.student_scale,
    )


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
