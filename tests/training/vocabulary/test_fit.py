import dataclasses

import numpy as np
import pytest
from synthetic import small_users

from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.photo_evidence import SCALARS, PhotoEvidence
from training.features.feature_set import FeatureSet
from training.photos.catalogue import Area, Catalogue, Category
from training.simulation import scenario_names
from training.simulation.user_sets import UserSets
from training.vocabulary.fit import join, taught_scalars
from training.vocabulary.student import Student
from training.vocabulary.vocabulary import Vocabulary

TAUGHT_AND_LABELLED, FURTHER = 12, 3
CONFIG = PhotoEvidenceConfig("evidence", scenarios=((scenario_names.USERS, 1.0),))


@pytest.fixture(scope="module")
def vocabulary(feature_set: FeatureSet) -> Vocabulary:
    further = [f"imagenet.thing_{number}" for number in range(FURTHER)]
    categories = tuple(
        Category(one, {"en": one, "de": one}, "all", one.split(".")[0], one)
        for one in (*feature_set.categories, *further)
    )
    area = Area("all", {"en": "All", "de": "Alles"})
    taught = (*feature_set.categories[:TAUGHT_AND_LABELLED], *further, further[0])
    return Vocabulary(Catalogue(categories, (area,), {}), taught)


@pytest.fixture(scope="module")
def user_sets(feature_set: FeatureSet) -> UserSets:
    return small_users(feature_set, {"train": 5, "validation": 80, "test": 5})


@pytest.fixture(scope="module")
def labelled(feature_set: FeatureSet) -> PhotoEvidence:
    evidence = PhotoEvidence(
        feature_set.dimension, len(feature_set.categories), feature_set.scale, hidden=6
    )
    evidence.build((None, None, feature_set.dimension))
    evidence.adapt(feature_set.features[feature_set.rows("train")])
    random = np.random.default_rng(1)
    for layer in (evidence.classifier, evidence.hidden_layer):
        shapes = [weight.shape for weight in layer.weights]
        layer.set_weights([random.normal(0, 1, shape) for shape in shapes])
    evidence.slope.assign(0.7)
    return evidence


@pytest.fixture(scope="module")
def student(feature_set: FeatureSet, labelled: PhotoEvidence) -> Student:
    """Tells the labelled classes by the nearest mean, and never a further one."""
    rows = feature_set.rows("train")
    inputs = labelled.standardise(feature_set.features[rows]).numpy()
    told = feature_set.category_indices[rows]
    means = [inputs[told == one].mean(axis=0) for one in range(TAUGHT_AND_LABELLED)]
    kernel = np.zeros((feature_set.dimension, TAUGHT_AND_LABELLED + FURTHER + 1))
    kernel[:, :TAUGHT_AND_LABELLED] = np.transpose(means)
    bias = np.full(kernel.shape[1], -50.0)
    bias[:TAUGHT_AND_LABELLED] = [-(mean @ mean) / 2 for mean in means]
    return Student(kernel.astype(np.float32), bias.astype(np.float32))


@pytest.fixture(scope="module")
def scalars(student, labelled, feature_set, user_sets, vocabulary) -> dict[str, float]:
    rows = feature_set.rows("validation")
    inputs = labelled.standardise(feature_set.features[rows]).numpy()
    return taught_scalars(student, inputs, feature_set, user_sets, vocabulary, CONFIG)


def test_the_student_s_own_answers_stay_as_they_are(scalars):
    assert scalars.keys() == SCALARS.keys()
    assert scalars["scale"] == pytest.approx(1.0)
    assert scalars["none_offset"] == 0.0
    assert all(np.isfinite(value) for value in scalars.values())


def test_a_vocabulary_twice_as_large_makes_a_further_interest_less_likely(
    student, labelled, feature_set, user_sets, vocabulary, scalars
):
    own = vocabulary.labelled
    first = vocabulary.catalogue.categories[-1]
    more = [dataclasses.replace(first, id=f"imagenet.m{i}") for i in range(own)]
    larger = Vocabulary(
        dataclasses.replace(
            vocabulary.catalogue,
            categories=(*vocabulary.catalogue.categories, *more),
        ),
        (*vocabulary.category_of, *(one.id for one in more)),
    )
    silent = np.zeros((feature_set.dimension, own), np.float32)
    wide = Student(
        np.hstack([student.kernel, silent]),
        np.hstack([student.bias, np.full(own, -50, np.float32)]),
    )
    rows = feature_set.rows("validation")
    inputs = labelled.standardise(feature_set.features[rows]).numpy()

    found = taught_scalars(wide, inputs, feature_set, user_sets, larger, CONFIG)

    spread = np.log((2 * own + FURTHER) / (own + FURTHER))
    assert found["offset"] == pytest.approx(scalars["offset"] - spread, abs=0.02)


def test_joined_evidence_has_both_kinds_of_scalars(
    labelled, student, scalars, vocabulary, feature_set
):
    joint = join(labelled, student, scalars, vocabulary)

    slopes = joint.slope.numpy()
    assert slopes[: vocabulary.labelled] == pytest.approx(0.7)
    assert slopes[vocabulary.labelled :] == pytest.approx(scalars["slope"])
    photos = feature_set.features[:7]
    alone = labelled.explain(photos)["probabilities"]
    ours = joint.explain(photos)["probabilities"]
    np.testing.assert_allclose(ours[: len(alone)], alone, rtol=1e-4, atol=1e-6)
    assert ours[len(alone) :].max() < 1e-3, "told what the student never tells"
