"""Writes what the bundle on EfficientNet-lite0 is fitted on: see `Base`."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from export.extractor import FLOAT_NAME, QUANTISED_NAME
from photo_interests.files import replacing, write_atomically
from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.fit import fit
from training.aggregators.photo_evidence import PhotoEvidence
from training.experiments.everyday_galleries.backbones import Backbone, start_of
from training.experiments.everyday_galleries.fine_tuned import FineTunedRun
from training.features.feature_set import FeatureSet
from training.interests.bases import MOBILENET, Base
from training.interests.photo_head import PhotoHead
from training.interests.released_heads import save_heads
from training.photos.attribution import EFFICIENTNET
from training.pipeline import features_step
from training.runs import Record
from training.steps import data_files, load_data
from training.vocabulary.interests import Interests
from training.workspace import Workspace

LABELLED = PhotoEvidenceConfig("photo_evidence", hidden=256, folds=1, held_out_folds=0)
"""As on the released extractor, which has no second branch here, and on training photos
alone: the pooling over users, which needs folds, is not used."""


def write_base(
    run: FineTunedRun,
    place: Workspace,
    base: Base,
    interests: Interests,
) -> dict[str, Any]:
    """Write extractor, features of labelled photos, and the classifier of these.

    Args:
        run: Is finished.
        place: Where photos and runs are.
        base: Which files.
        interests: The taxonomy.

    Returns:
        What the fit of the labelled classifier chose.
    """
    folder = run.run.directory
    base.extractor.parent.mkdir(parents=True, exist_ok=True)
    for name in (QUANTISED_NAME, FLOAT_NAME):
        write_atomically(base.extractor.with_name(name), (folder / name).read_bytes())
    features_step(place, base.name, folder, threads=1, pretrained=EFFICIENTNET)
    copy_features((place.features / base.name).resolve(), base.features)
    stored, users = load_data(base.features)
    inputs = data_files(base.features)
    place = replace(place, runs=place.runs / base.name)
    fitted = fit(LABELLED, stored, users, place.aggregators, inputs=inputs)
    assert isinstance(fitted, PhotoEvidence)
    save_heads(head_with(fitted, run.backbone(), stored, interests), base.head_file)
    return dict(Record.load(place.aggregators / LABELLED.name).values)


def copy_features(source: Path, target: Path) -> None:
    """Copy a feature set, with the users of the released extractor's.

    Raises:
        ValueError: It is not of the same photos.
    """
    users = MOBILENET.features
    found, expected = (FeatureSet.load(one).photos for one in (source, users))
    if not found.equals(expected):
        raise ValueError(f"{source}: expected the photos of {users}, received others")
    with replacing(target) as building:
        for name in ("about.json", "features.npz", "photos.parquet"):
            shutil.copyfile(source / name, building / name)
        shutil.copyfile(users / "users.parquet", building / "users.parquet")


def head_with(
    fitted: PhotoEvidence,
    backbone: Backbone,
    stored: FeatureSet,
    interests: Interests,
) -> PhotoHead:
    """Put the network's own answers and a labelled classifier on one standard.

    Args:
        fitted: The labelled classifier.
        backbone: With the network's answers of ImageNet.
        stored: The labelled photos.
        interests: The taxonomy.
    """
    standard = fitted.standardise.normalization
    mean = np.asarray(standard.mean, np.float32).ravel()
    deviation = np.sqrt(np.asarray(standard.variance, np.float32)).ravel()
    start = start_of(backbone, stored, interests)
    # From the standard of `start_of` to that of the labelled classifier.
    kernel = start.student_kernel * start.inverse_deviation[:, None]
    bias = start.student_bias + (mean - start.mean) @ kernel
    classifier = fitted.fitted_classifier()
    assert classifier.hidden is not None
    scale, offset = float(fitted.scale), float(fitted.none_offset)
    is_none = np.arange(len(classifier.bias)) == len(classifier.bias) - 1
    return replace(
        start,
        mean=mean,
        inverse_deviation=1 / deviation,
        student_kernel=kernel * deviation[:, None],
        student_bias=bias.astype(np.float32),
        hidden_kernel=classifier.hidden.kernel,
        hidden_bias=classifier.hidden.bias,
        labelled_kernel=scale * classifier.kernel,
        labelled_bias=(scale * classifier.bias + offset * is_none).astype(np.float32),
        labelled_limits=np.array([fitted.hidden_limit, fitted.feature_limit]),
    )
