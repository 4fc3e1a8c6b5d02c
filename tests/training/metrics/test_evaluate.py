import dataclasses
import json

import keras
import numpy as np
import pandas as pd
import pytest

from training.features.feature_set import FeatureSet
from training.metrics.bootstrap import Bootstrap
from training.metrics.calibration import reliability
from training.metrics.evaluate import map_difference, measure, predict_scenarios
from training.metrics.predictor import keras_predictor, predict_sets
from training.simulation import scenario_names
from training.simulation.config import get_config
from training.simulation.contributors import contributors
from training.simulation.simulate import simulate
from training.simulation.user_sets import UserSets

SCENARIO = dataclasses.replace(
    get_config(),
    users={"train": 20, "validation": 20, "test": 80},
    galleries={"train": 2, "validation": 2, "test": 12},
    interest_free={"train": 5, "validation": 5, "test": 10},
    large_galleries=(),
)


@pytest.fixture(scope="module")
def user_sets(feature_set: FeatureSet) -> UserSets:
    tables = [simulate(feature_set, SCENARIO), contributors(feature_set, 5)]
    return UserSets(pd.concat(tables, ignore_index=True))


class NearestCentre:
    """Predicts each photo's category by the nearest mean of training photos."""

    def __init__(self, feature_set: FeatureSet) -> None:
        rows = feature_set.rows("train")
        kinds = feature_set.category_indices[rows]
        self.centres = np.stack(
            [feature_set.features[rows[kinds == c]].mean(axis=0) for c in range(24)]
        )

    def __call__(self, features: np.ndarray, mask: np.ndarray) -> np.ndarray:
        offsets = features[:, :, None].astype(float) - self.centres
        distance = np.linalg.norm(offsets, axis=3)
        distance[~mask] = np.inf
        return np.exp(-((distance.min(axis=1) / 60) ** 2))


@pytest.fixture(scope="module")
def answers(feature_set: FeatureSet, user_sets: UserSets) -> dict:
    return predict_scenarios(NearestCentre(feature_set), user_sets, feature_set)


def test_every_scenario_is_measured(answers: dict) -> None:
    measured = measure(answers)
    assert set(measured) == {
        "users",
        "gallery-100",
        "gallery-500",
        "interest-free-seen",
        "interest-free-unseen",
        "contributors",
    }
    assert measured["users"]["users"] == 80
    assert measured["users"]["simulated"]
    assert not measured["contributors"]["simulated"]
    assert measured["interest-free-seen"]["users_without_interests"] == 10


def test_a_good_predictor_is_found_good_and_a_bad_one_bad(
    answers: dict, feature_set: FeatureSet, user_sets: UserSets
) -> None:
    good = measure(answers)["users"]["metrics"]
    assert good["map"]["value"] > 0.95
    assert good["map"]["low"] <= good["map"]["value"] <= good["map"]["high"]
    assert good["recall@20"]["value"] > good["recall@5"]["value"]

    def same_for_all(features: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return np.full((len(features), 24), 0.9)

    bad = predict_scenarios(same_for_all, user_sets, feature_set)
    numbers = measure(bad)["users"]["metrics"]
    assert numbers["map"]["value"] < 0.5
    assert numbers["false_interests"]["value"] > 15
    assert numbers["calibration_error"]["value"] > 0.5
    difference = map_difference(answers, bad)
    assert set(difference) == {"users", "gallery-100", "gallery-500", "contributors"}
    assert difference["users"]["low"] > 0.4
    assert difference["users"]["p"] < 0.01


def test_reliability_compares_predicted_and_true_shares() -> None:
    truth = np.array([[True, False], [True, True], [False, False], [False, True]])
    probabilities = np.array([[0.22, 0.95], [0.28, 0.95], [0.21, 0.91], [0.2, 1.0]])
    low, high = reliability(truth, probabilities, Bootstrap(4))
    assert (low["pairs"], high["pairs"]) == (4, 4)
    assert low["predicted"] == pytest.approx(0.2275)
    assert low["true"]["value"] == high["true"]["value"] == 0.5
    assert low["true"]["low"] < 0.5 < low["true"]["high"]


def test_interest_free_scenarios_have_false_positives_only(answers: dict) -> None:
    numbers = measure(answers)["interest-free-unseen"]
    assert set(numbers["metrics"]) == {"false_interests", "any_false_interest"}
    assert numbers["curves"] == {}


def test_curves_and_points_agree(answers: dict) -> None:
    numbers = measure(answers)["gallery-100"]
    for name in ("precision", "thresholded_precision", "recall", "f1"):
        assert len(numbers["curves"][name]) == 20
        for k in (5, 20):
            assert numbers["curves"][name][k - 1] == pytest.approx(
                numbers["metrics"][f"{name}@{k}"]["value"]
            )


def test_the_numbers_are_json(answers: dict) -> None:
    text = json.dumps(measure(answers), allow_nan=False)
    assert json.loads(text) == measure(answers)


def test_padding_and_batches_do_not_change_answers(
    answers: dict, feature_set: FeatureSet, user_sets: UserSets
) -> None:
    predictor = NearestCentre(feature_set)
    _, together = answers[scenario_names.USERS]
    for i, one in enumerate(user_sets.sets(scenario_names.USERS, "test")[:10]):
        photos = feature_set.features[one.photos][None]
        alone = predictor(photos, np.ones(photos.shape[:2], bool))[0]
        np.testing.assert_allclose(together[i], alone, atol=1e-6)


def test_predictions_for_other_users_are_not_compared(answers: dict) -> None:
    truth, probabilities = answers["users"]
    other = {"users": (truth[::-1], probabilities)}
    with pytest.raises(ValueError, match="users: expected predictions for the same"):
        map_difference(answers, other)


@pytest.mark.parametrize(
    ("answer", "message"),
    [(np.full((1, 24), 1.5), "from 0 to 1"), (np.zeros((1, 3)), r"received \(1, 3\)")],
)
def test_a_wrong_answer_is_refused(
    answer: np.ndarray, message: str, feature_set: FeatureSet, user_sets: UserSets
) -> None:
    sets = user_sets.sets(scenario_names.USERS, "test")[:1]
    with pytest.raises(ValueError, match=message):
        predict_sets(lambda features, mask: answer, sets, feature_set)


def test_a_keras_layer_s_logits_become_probabilities(
    feature_set: FeatureSet, user_sets: UserSets
) -> None:
    @keras.saving.register_keras_serializable("test")
    class Mean(keras.layers.Layer):
        def __init__(self) -> None:
            super().__init__()
            self.head = keras.layers.Dense(24, kernel_initializer="glorot_uniform")
            self.supports_masking = True

        def build(self, shape: tuple) -> None:
            self.head.build((None, shape[-1]))

        def call(self, features: object, mask: object = None) -> object:
            weights = keras.ops.cast(mask, "float32")[:, :, None]
            values = keras.ops.cast(features, "float32") / 255
            total = keras.ops.sum(values * weights, axis=1)
            return self.head(total / keras.ops.sum(weights, axis=1))

    layer = Mean()
    sets = user_sets.sets(scenario_names.USERS, "test")
    predicted = predict_sets(keras_predictor(layer), sets, feature_set)
    kernel, bias = (w.numpy() for w in layer.head.weights)
    for one, answer in zip(sets, predicted, strict=True):
        mean = (feature_set.features[one.photos] / 255).mean(axis=0)
        np.testing.assert_allclose(
            answer, 1 / (1 + np.exp(-(mean @ kernel + bias))), atol=1e-5
        )
