"""Assembles the large-vocabulary model and fits the scalars of its distilled part."""

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
from training.arrays import Floats, Integers
from training.features.feature_set import FeatureSet
from training.simulation.scenario_names import USERS
from training.simulation.user_sets import UserSets, labels
from training.vocabulary.student import Student
from training.vocabulary.vocabulary import Vocabulary

logger = logging.getLogger(__name__)
SPLIT = "validation"


def assemble(
    labelled: PhotoEvidence,
    student: Student,
    scalars: dict[str, float],
    vocabulary: Vocabulary,
) -> VocabularyEvidence:
    """Assemble photo evidence over the whole vocabulary.

    Args:
        labelled: Photo evidence over the labelled categories.
        student: Classifier of standardised features, classes in the teacher's order.
        scalars: Scalars of the distilled categories; see `distilled_scalars`.
        vocabulary: Labelled and distilled categories.
    """
    model = VocabularyEvidence(
        labelled.dimension,
        len(vocabulary.catalogue.categories),
        labelled.feature_scale,
        labelled=vocabulary.labelled,
        student_classes=len(vocabulary.category_of),
        merged=vocabulary.merged,
        feature_limit=labelled.feature_limit,
        hidden=labelled.hidden,
        hidden_limit=labelled.hidden_limit,
        linear_feature_offset=labelled.linear_feature_offset,
        student_features=len(student.kernel),
    )
    model.build((None, None, labelled.dimension))
    model.standardise.set_weights(labelled.standardise.get_weights())
    model.standardise.normalization.finalize_state()
    model.load_classifier(labelled.fitted_classifier())
    model.student.set_weights(
        [student.kernel[:, vocabulary.order], student.bias[vocabulary.order]]
    )
    for name in SCALARS:
        value = float(getattr(labelled, name))
        if name in OF_PHOTOS:
            getattr(model, name).assign(value)
        else:
            own = np.full(vocabulary.labelled, value)
            distilled = np.full(len(vocabulary.distilled), scalars[name])
            getattr(model, name).assign(np.concatenate([own, distilled]))
    return model


def distilled_scalars(
    student: Student,
    inputs: Floats,
    feature_set: FeatureSet,
    user_sets: UserSets,
    vocabulary: Vocabulary,
    config: PhotoEvidenceConfig,
) -> dict[str, float]:
    """Fit the pooling of the student's predictions where labels can evaluate them.

    Those are the classes of the teacher that are labelled categories: the student
    predicts them without having seen their labels, like the distilled ones. The
    interests of people are spread over all categories, so the prior of a distilled one
    falls with their number.

    Args:
        student: Classifier of standardised features.
        inputs: Standardised features of the validation photos, float32 (photos,
            dimension).
        feature_set: The photos.
        user_sets: The users; those of the validation split are used.
        vocabulary: Category of each class of the teacher.
        config: Scenarios and their weights.

    Returns:
        The value of each of `SCALARS`; the student's own probabilities stay unchanged.
    """
    shared = np.unique(vocabulary.outputs[vocabulary.outputs < vocabulary.labelled])
    logits = np.zeros((len(feature_set.features), len(shared) + 1), np.float32)
    predicted = student.logits(inputs)
    logits[feature_set.rows(SPLIT)] = grouped(predicted, vocabulary.outputs, shared)
    position = {int(category): number for number, category in enumerate(shared)}
    indices = feature_set.category_indices
    classes = np.array([position.get(int(one), len(shared)) for one in indices])
    sets = {}
    for scenario, weight in config.scenarios:
        users = user_sets.sets(scenario, SPLIT)
        truth = labels(users, feature_set)[:, shared]
        photos = [user.photos for user in users]
        sets[scenario] = LabelledSets.of(photos, truth, weight, len(logits))
    fixed = {name: SCALARS[name] for name in OF_PHOTOS}
    scenarios = list(sets.values())
    scalars = fit_scalars(logits, classes, scenarios, config.photo_weight, fixed)
    galleries = [one for scenario, one in sets.items() if scenario != USERS]
    max_false_positives = config.max_false_positives * len(shared) / vocabulary.labelled
    sizes = [len(user.photos) for user in user_sets.sets(USERS, SPLIT)]
    scalars = tune_size_penalty(
        scalars, logits, galleries, max_false_positives, float(np.median(sizes))
    )
    more = len(vocabulary.catalogue.categories) / vocabulary.labelled
    scalars["offset"] -= float(np.log(more))
    logger.info("vocabulary: scalars of the distilled categories %s", scalars)
    return scalars


def grouped(logits: Floats, outputs: Integers, chosen: Integers) -> Floats:
    """Merge the logits of classes that are one category, and of all others.

    Args:
        logits: float (photos, classes).
        outputs: Category of each class, int (classes,).
        chosen: Categories, each with at least one class, int (categories,).

    Returns:
        float32 (photos, categories + 1), all other classes last; their softmax sums
        that of `logits`.
    """
    members = [np.flatnonzero(outputs == category) for category in chosen]
    members.append(np.flatnonzero(~np.isin(outputs, chosen)))
    columns = [logsumexp(logits[:, one], axis=1) for one in members]
    return np.stack(columns, axis=1).astype(np.float32)
