"""Fits photo evidence: a classifier on photos, then six scalars on users."""

import logging
from typing import Any

import numpy as np

from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.cross_fitted_photo_classifier import (
    CrossFittedPhotoClassifier,
)
from training.aggregators.evidence_scalars import (
    LabelledSets,
    fit_scalars,
    tune_size_penalty,
)
from training.aggregators.photo_evidence import PhotoEvidence
from training.features.feature_set import FeatureSet
from training.simulation import scenario_names
from training.simulation.photo_pools import sample_without_replacement
from training.simulation.user_sets import UserSets, labels

logger = logging.getLogger(__name__)
SPLIT = "validation"


def fit_photo_evidence(
    config: PhotoEvidenceConfig, feature_set: FeatureSet, user_sets: UserSets
) -> tuple[PhotoEvidence, dict[str, Any]]:
    """Fits the classifier on train and validation photos, the scalars on users.

    The scalars calibrate the classifier, so they are fitted on photos it was not
    trained on: validation photos, by cross-fitting. On training photos the classifier,
    and a fine-tuned extractor before it, are over-confident. Users without interests
    are added whose photos are of classes held out of the classifier's training, a
    proxy for out-of-distribution photos.

    Returns:
        The aggregator, and what was chosen as JSON values.
    """
    photos = CrossFittedPhotoClassifier(config, feature_set)
    regularisation, scores = photos.choose_regularisation()
    logits = photos.held_out_logits(regularisation)
    unseen, unseen_logits = photos.held_out_classes(regularisation)
    # Photos as of held-out classes are photos of their own, numbered after all others.
    everything = np.concatenate([logits, unseen_logits])
    classes = np.concatenate(
        [photos.labels, np.full(len(unseen), len(feature_set.categories))]
    )
    labelled = _labelled_sets(config, feature_set, user_sets, len(everything))
    sets = list(labelled.values())
    if len(unseen) and scenario_names.INTEREST_FREE_SEEN in user_sets.scenarios:
        numbers = np.arange(len(logits), len(everything), dtype=np.int32)
        sets.append(_unseen_sets(config, user_sets, numbers, logits.shape[1] - 1))
    scalars = fit_scalars(everything, classes, sets, config.photo_weight)
    galleries = [
        one for scenario, one in labelled.items() if scenario != scenario_names.USERS
    ]
    users = [len(user.photos) for user in user_sets.sets(scenario_names.USERS, SPLIT)]
    scalars = tune_size_penalty(
        scalars,
        everything,
        galleries,
        config.max_false_positives,
        float(np.median(users)),
    )
    logger.info("%s: scalars %s", config.name, scalars)
    classifier = photos.final_classifier(regularisation)
    photos.aggregator.load_classifier(classifier)
    for name, value in scalars.items():
        getattr(photos.aggregator, name).assign(value)
    result = {
        "regularisation": regularisation,
        "log_likelihood": scores,
        "scalars": scalars,
    }
    return photos.aggregator, result


def _labelled_sets(
    config: PhotoEvidenceConfig,
    feature_set: FeatureSet,
    user_sets: UserSets,
    photos: int,
) -> dict[str, LabelledSets]:
    found = {}
    for scenario, weight in config.scenarios:
        if scenario != scenario_names.USERS and scenario not in user_sets.scenarios:
            logger.warning("%s: there are no %s to fit on", config.name, scenario)
            continue
        users = user_sets.sets(scenario, SPLIT)
        truth = labels(users, feature_set)
        numbers = [user.photos for user in users]
        found[scenario] = LabelledSets.of(numbers, truth, weight, photos)
    return found


def _unseen_sets(
    config: PhotoEvidenceConfig,
    user_sets: UserSets,
    photos: np.ndarray,
    categories: int,
) -> LabelledSets:
    """Adds photos of held-out classes, the last ones of all, to users."""
    people = user_sets.sets(scenario_names.INTEREST_FREE_SEEN, SPLIT)
    users = np.repeat(np.arange(len(people)), [len(one.photos) for one in people])
    dealt = sample_without_replacement(
        np.random.default_rng(config.seed), users, photos
    )
    numbers = np.split(dealt, np.flatnonzero(np.diff(users)) + 1)
    truth = np.zeros((len(people), categories), np.uint8)
    total = int(photos[-1]) + 1
    return LabelledSets.of(numbers, truth, config.held_out_weight, total)
