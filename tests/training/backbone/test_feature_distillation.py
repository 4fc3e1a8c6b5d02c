import keras
import numpy as np
import pytest

from photo_interests.bundle.card import load_card
from training.backbone.config import FeatureDistillationLoss, LabelLoss
from training.backbone.feature_distillation import (
    MODELS,
    FeatureDistillationTerm,
    TeacherExtractor,
    deviations,
    initialise_map,
)
from training.backbone.label_loss import LabelTerm
from training.backbone.mobilenet import build_extractor
from training.backbone.multi_task_model import MultiTaskModel

LOSS = FeatureDistillationLoss("everyday-178", weight=0.5)


def with_labels(term: FeatureDistillationTerm) -> MultiTaskModel:
    return MultiTaskModel([LabelTerm(LabelLoss(), 3, seed=1), term])


def of_unit_deviation(dimension: int) -> np.ndarray:
    return np.tile([[-1.0], [1.0]], dimension).astype(np.float32)


@pytest.fixture
def tasks() -> MultiTaskModel:
    return with_labels(FeatureDistillationTerm(LOSS, of_unit_deviation(20)))


@pytest.fixture
def model(tasks: MultiTaskModel) -> keras.Model:
    return tasks.build(build_extractor(32, 0.25))


def test_the_loss_is_that_of_labels_plus_standardised_error() -> None:
    random = np.random.default_rng(1)
    outputs = random.normal(0, 2, (5, 4 + 6)).astype(np.float32)
    features = random.normal(0, 2, (5, 6)).astype(np.float32)
    labels, units = np.array([0, 1, 2, 3, 0]), np.arange(1, 7, dtype=np.float32)
    targets = np.concatenate([labels[:, None], features], axis=1).astype(np.float32)

    tasks = with_labels(FeatureDistillationTerm(LOSS, units * of_unit_deviation(6)))
    loss = tasks.loss(targets, outputs)

    exponentials = np.exp(outputs[:, :4])
    own = -np.log(exponentials[np.arange(5), labels] / exponentials.sum(axis=1)).mean()
    error = (((outputs[:, 4:] - features) / units) ** 2).mean()
    assert float(loss) == pytest.approx(own + 0.5 * error, rel=1e-4)


def test_the_initial_map_gives_features_that_are_linear_in_its_inputs(model) -> None:
    random = np.random.default_rng(2)
    features = random.random((3000, 256), np.float32)
    teacher = features @ random.normal(0, 1, (256, 20)) + 3.0

    initialise_map(model, features, teacher)

    mapped = model.get_layer("feature_map")(features).numpy()
    assert np.abs(mapped - teacher).mean() < 0.05 * teacher.std()


def test_features_that_match_the_teacher_s_one_by_one_have_no_map() -> None:
    random = np.random.default_rng(6)
    channels = np.array([2, 3, 5])
    teacher = random.normal(0, 2, (40, 7)).astype(np.float32)
    term = FeatureDistillationTerm(LOSS, teacher, channels)
    network = with_labels(term).build(build_extractor(32, 0.25))
    photos = random.uniform(-1, 1, (2, 32, 32, 3)).astype(np.float32)
    targets = random.normal(0, 2, (2, 8)).astype(np.float32)

    found = network(photos).numpy()[:, 4:]

    features = network.get_layer("extractor")(photos).numpy()
    np.testing.assert_array_equal(found, features[:, -3:])
    error = (found - targets[:, 1 + channels]) / teacher[:, channels].std(axis=0)
    assert float(term.loss(targets, found)) == pytest.approx(
        0.5 * (error**2).mean(), rel=1e-4
    )


def test_a_step_moves_the_extractor_towards_the_teacher_s_features(
    model, tasks
) -> None:
    random = np.random.default_rng(3)
    photos = random.uniform(-1, 1, (8, 32, 32, 3)).astype(np.float32)
    targets = random.random((8, 21)).astype(np.float32)
    targets[:, 0] = 1
    model.compile(keras.optimizers.Adam(1e-2), loss=tasks.loss)

    losses = [float(model.train_on_batch(photos, targets)) for _ in range(20)]

    assert losses[-1] < 0.5 * losses[0]


def test_a_constant_feature_is_not_divided_by_zero() -> None:
    features = np.random.default_rng(4).normal(0, 2, (100, 3))
    features[:, 1] = 5.0

    units = deviations(features)

    assert units.dtype == np.float32
    assert units[1] == pytest.approx(0.1 * features.std(axis=0).mean(), rel=1e-5)


def test_the_teacher_s_features_are_those_of_the_bundle() -> None:
    features = load_card(MODELS / "everyday-178").features
    photos = np.random.default_rng(5).integers(0, 256, (2, 224, 224, 3), np.uint8)

    found = TeacherExtractor(MODELS / "everyday-178")(photos)

    assert found.shape == (2, features.dimension) and found.dtype == np.float32
    steps = found / np.float32(features.scale)
    np.testing.assert_allclose(steps, steps.round(), atol=1e-3)
    assert found.max() > 0
