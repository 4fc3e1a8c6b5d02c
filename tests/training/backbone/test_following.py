import keras
import numpy as np
import pytest

from photo_interests.bundle.card import load_card
from training.backbone.classifier import Labels
from training.backbone.config import Following
from training.backbone.following import (
    MODELS,
    Followed,
    Follower,
    deviations,
    start_follower,
)
from training.backbone.mobilenet import build_extractor
from training.backbone.objective import Objective

FOLLOWING = Following("everyday-178", weight=0.5)


def objective_of(small_config, followed: np.ndarray) -> Objective:
    return Objective([Labels(small_config, 3), Follower(FOLLOWING, followed)])


def of_unit_deviation(dimension: int) -> np.ndarray:
    return np.tile([[-1.0], [1.0]], dimension).astype(np.float32)


@pytest.fixture
def objective(small_config) -> Objective:
    return objective_of(small_config, of_unit_deviation(20))


@pytest.fixture
def follower(objective: Objective) -> keras.Model:
    return objective.network(build_extractor(32, 0.25))


def test_the_loss_is_that_of_labels_plus_standardised_error(small_config) -> None:
    random = np.random.default_rng(1)
    outputs = random.normal(0, 2, (5, 4 + 6)).astype(np.float32)
    features = random.normal(0, 2, (5, 6)).astype(np.float32)
    labels, units = np.array([0, 1, 2, 3, 0]), np.arange(1, 7, dtype=np.float32)
    truth = np.concatenate([labels[:, None], features], axis=1).astype(np.float32)

    objective = objective_of(small_config, units * of_unit_deviation(6))
    loss = objective.loss()(truth, outputs)

    exponentials = np.exp(outputs[:, :4])
    own = -np.log(exponentials[np.arange(5), labels] / exponentials.sum(axis=1)).mean()
    error = (((outputs[:, 4:] - features) / units) ** 2).mean()
    assert float(loss) == pytest.approx(own + 0.5 * error, rel=1e-4)


def test_the_start_tells_what_is_linear_in_its_features(follower) -> None:
    random = np.random.default_rng(2)
    features = random.random((3000, 256), np.float32)
    followed = features @ random.normal(0, 1, (256, 20)) + 3.0

    start_follower(follower, features, followed)

    told = follower.get_layer("follower")(features).numpy()
    assert np.abs(told - followed).mean() < 0.05 * followed.std()


def test_features_that_are_to_be_the_followed_ones_have_no_map(small_config) -> None:
    random = np.random.default_rng(6)
    channels = np.array([2, 3, 5])
    followed = random.normal(0, 2, (40, 7)).astype(np.float32)
    lesson = Follower(FOLLOWING, followed, channels)
    network = Objective([Labels(small_config, 3), lesson]).network(
        build_extractor(32, 0.25)
    )
    photos = random.uniform(-1, 1, (2, 32, 32, 3)).astype(np.float32)
    truth = random.normal(0, 2, (2, 8)).astype(np.float32)

    told = network(photos).numpy()[:, 4:]

    features = network.get_layer("extractor")(photos).numpy()
    np.testing.assert_array_equal(told, features[:, -3:])
    error = (told - truth[:, 1 + channels]) / followed[:, channels].std(axis=0)
    assert float(lesson.loss(truth, told)) == pytest.approx(
        0.5 * (error**2).mean(), rel=1e-4
    )


def test_a_step_moves_the_extractor_towards_what_it_follows(
    follower, objective
) -> None:
    random = np.random.default_rng(3)
    photos = random.uniform(-1, 1, (8, 32, 32, 3)).astype(np.float32)
    truth = random.random((8, 21)).astype(np.float32)
    truth[:, 0] = 1
    follower.compile(keras.optimizers.Adam(1e-2), loss=objective.loss())

    losses = [float(follower.train_on_batch(photos, truth)) for _ in range(20)]

    assert losses[-1] < 0.5 * losses[0]


def test_a_feature_that_never_varies_is_not_divided_by_nothing() -> None:
    features = np.random.default_rng(4).normal(0, 2, (100, 3))
    features[:, 1] = 5.0

    units = deviations(features)

    assert units.dtype == np.float32
    assert units[1] == pytest.approx(0.1 * features.std(axis=0).mean(), rel=1e-5)


def test_the_followed_features_are_those_of_the_bundle() -> None:
    features = load_card(MODELS / "everyday-178").features
    photos = np.random.default_rng(5).integers(0, 256, (2, 224, 224, 3), np.uint8)

    found = Followed(MODELS / "everyday-178")(photos)

    assert found.shape == (2, features.dimension) and found.dtype == np.float32
    steps = found / np.float32(features.scale)
    np.testing.assert_allclose(steps, steps.round(), atol=1e-3)
    assert found.max() > 0
