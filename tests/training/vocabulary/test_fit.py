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
from training.vocabulary.fit import assemble, distilled_scalars
from training.vocabulary.student import Student
from training.vocabulary.vocabulary import Vocabulary

SHARED, DISTILLED = 12, 3
CONFIG = PhotoEvidenceConfig("evidence", scenarios=((scenario_names.USERS, 1.0),))


@pytest.fixture(scope="module")
def vocabulary(feature_set: FeatureSet) -> Vocabulary:
    distilled = [f"imagenet.thing_{number}" for number in range(DISTILLED)]
    categories = tuple(
        Category(one, {"en": one, "de": one}, "all", one.split(".")[0], one)
        for one in (*feature_set.categories, *distilled)
    )
    area = Area("all", {"en": "All", "de": "Alles"})
    classes = (*feature_set.categories[:SHARED], *distilled, distilled[0])
    return Vocabulary(Catalogue(categories, (area,), {}), classes)


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
    """Predicts the labelled classes by the nearest mean, and never a distilled one."""
    rows = feature_set.rows("train")
    inputs = labelled.standardise(feature_set.features[rows]).numpy()
    predicted = feature_set.category_indices[rows]
    means = [inputs[predicted == one].mean(axis=0) for one in range(SHARED)]
    kernel = np.zeros((feature_set.dimension, SHARED + DISTILLED + 1))
    kernel[:, :SHARED] = np.transpose(means)
    bias = np.full(kernel.shape[1], -50.0)
    bias[:SHARED] = [-(mean @ mean) / 2 for mean in means]
    return Student(kernel.astype(np.float32), bias.astype(np.float32))


@pytest.fixture(scope="module")
def scalars(student, labelled, feature_set, user_sets, vocabulary) -> dict[str, float]:
    rows = feature_set.rows("validation")
    inputs = labelled.standardise(feature_set.features[rows]).numpy()
    return distilled_scalars(
        student, inputs, feature_set, user_sets, vocabulary, CONFIG
    )


def test_the_student_s_own_probabilities_stay_unchanged(scalars):
    assert scalars.keys() == SCALARS.keys()
    assert scalars["scale"] == pytest.approx(1.0)
    assert scalars["none_offset"] == 0.0
    assert all(np.isfinite(value) for value in scalars.values())


def test_a_vocabulary_twice_as_large_makes_a_distilled_interest_less_likely(
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

    found = distilled_scalars(wide, inputs, feature_set, user_sets, larger, CONFIG)

    spread = np.log((2 * own + DISTILLED) / (own + DISTILLED))
    assert found["offset"] == pytest.approx(scalars["offset"] - spread, abs=0.02)


def test_the_assembled_model_has_scalars_of_both_kinds(
    labelled, student, scalars, vocabulary, feature_set
):
    model = assemble(labelled, student, scalars, vocabulary)

    slopes = model.slope.numpy()
    assert slopes[: vocabulary.labelled] == pytest.approx(0.7)
    assert slopes[vocabulary.labelled :] == pytest.approx(scalars["slope"])
    photos = feature_set.features[:7]
    alone = labelled.explain(photos)["probabilities"]
    ours = model.explain(photos)["probabilities"]
    np.testing.assert_allclose(ours[: len(alone)], alone, rtol=1e-4, atol=1e-6)
    assert ours[len(alone) :].max() < 1e-3, "predicted what the student never predicts"
