"""Puts a student beside photo evidence, and finds what its answers are worth."""

import logging

import numpy as np
from scipy.special import logsumexp

from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.evidence_scalars import (
    LabelledSets,
    fit_scalars,
    tune_size_penalty,
)
from training.aggregators.photo_evidence import SCALARS, PhotoEvidence
from training.aggregators.vocabulary_evidence import OF_PHOTOS, VocabularyEvidence
from training.features.feature_set import FeatureSet
from training.simulation.scenario_names import USERS
from training.simulation.user_sets import UserSets, labels
from training.vocabulary.student import Student
from training.vocabulary.vocabulary import Vocabulary

logger = logging.getLogger(__name__)
SPLIT = "validation"


def join(
    labelled: PhotoEvidence,
    student: Student,
    scalars: dict[str, float],
    vocabulary: Vocabulary,
) -> VocabularyEvidence:
    """Make photo evidence over the whole vocabulary.

    Args:
        labelled: Over the labelled categories.
        student: Of standardised features, classes in the teacher's order.
        scalars: Of the further categories; see `taught_scalars`.
        vocabulary: Both kinds of categories.
    """
    joint = VocabularyEvidence(
        labelled.dimension,
        len(vocabulary.catalogue.categories),
        labelled.feature_scale,
        labelled=vocabulary.labelled,
        taught=len(vocabulary.category_of),
        joined=vocabulary.joined,
        feature_limit=labelled.feature_limit,
        hidden=labelled.hidden,
        hidden_limit=labelled.hidden_limit,
        linear_feature_offset=labelled.linear_feature_offset,
        student_features=len(student.kernel),
    )
    joint.build((None, None, labelled.dimension))
    joint.standardise.set_weights(labelled.standardise.get_weights())
    joint.standardise.normalization.finalize_state()
    joint.load_classifier(labelled.fitted_classifier())
    joint.student.set_weights(
        [student.kernel[:, vocabulary.order], student.bias[vocabulary.order]]
    )
    further = len(vocabulary.further)
    for name in SCALARS:
        value = float(getattr(labelled, name))
        if name in OF_PHOTOS:
            getattr(joint, name).assign(value)
        else:
            ours = np.full(vocabulary.labelled, value)
            theirs = np.full(further, scalars[name])
            getattr(joint, name).assign(np.concatenate([ours, theirs]))
    return joint


def taught_scalars(
    student: Student,
    inputs: np.ndarray,
    feature_set: FeatureSet,
    user_sets: UserSets,
    vocabulary: Vocabulary,
    config: PhotoEvidenceConfig,
) -> dict[str, float]:
    """Fit the pooling of the student's answers where labels can judge them.

    Those are the classes of the teacher that are labelled categories: the student
    tells them without having seen their labels, as it does the further ones. The
    interests of people spread over all categories, so a further one is as much less
    likely beforehand as there are more of them.

    Args:
        student: Of standardised features.
        inputs: Standardised features of the validation photos.
        feature_set: The photos.
        user_sets: The users, of whom those of validation are looked at.
        vocabulary: What the teacher's classes are.
        config: Names scenarios and weights.

    Returns:
        The value of each of `SCALARS`; the student's own answers stay as they are.
    """
    united = np.unique(vocabulary.outputs[vocabulary.outputs < vocabulary.labelled])
    logits = np.zeros((len(feature_set.features), len(united) + 1), np.float32)
    told = student.logits(inputs)
    logits[feature_set.rows(SPLIT)] = grouped(told, vocabulary.outputs, united)
    place = {int(category): number for number, category in enumerate(united)}
    indices = feature_set.category_indices
    classes = np.array([place.get(int(one), len(united)) for one in indices])
    sets = {}
    for scenario, weight in config.scenarios:
        users = user_sets.sets(scenario, SPLIT)
        truth = labels(users, feature_set)[:, united]
        numbers = [user.photos for user in users]
        sets[scenario] = LabelledSets.of(numbers, truth, weight, len(logits))
    fixed = {name: SCALARS[name] for name in OF_PHOTOS}
    scenarios = list(sets.values())
    scalars = fit_scalars(logits, classes, scenarios, config.photo_weight, fixed)
    galleries = [one for scenario, one in sets.items() if scenario != USERS]
    max_false_positives = config.max_false_positives * len(united) / vocabulary.labelled
    sizes = [len(user.photos) for user in user_sets.sets(USERS, SPLIT)]
    scalars = tune_size_penalty(
        scalars, logits, galleries, max_false_positives, float(np.median(sizes))
    )
    more = len(vocabulary.catalogue.categories) / vocabulary.labelled
    scalars["offset"] -= float(np.log(more))
    logger.info("vocabulary: scalars of the further categories %s", scalars)
    return scalars


def grouped(logits: np.ndarray, outputs: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Join the logits of classes that are one category, and of all others as none.

    Args:
        logits: `(photos, classes)`.
        outputs: Category of each class.
        chosen: Categories, each with at least one class.

    Returns:
        `(photos, categories + 1)`, none last; their softmax sums that of `logits`.
    """
    members = [np.flatnonzero(outputs == category) for category in chosen]
    members.append(np.flatnonzero(~np.isin(outputs, chosen)))
    columns = [logsumexp(logits[:, one], axis=1) for one in members]
    return np.stack(columns, axis=1).astype(np.float32)
