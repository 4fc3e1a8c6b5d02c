from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest

from training.backbone.config import DualBranch
from training.backbone.dual_branch import (
    DEVIATION,
    MEAN,
    PROJECTION,
    components,
    dual_branch,
    most_weighted,
)
from training.backbone.mobilenet import (
    at_size,
    build_extractor,
    freeze,
    in_precision,
)

TEACHER_FEATURES = 200
PHOTOS = np.random.default_rng(3).uniform(-1, 1, (40, 32, 32, 3)).astype(np.float32)
CHANNELS = np.sort(
    np.random.default_rng(7).permutation(1024)[: 1024 - TEACHER_FEATURES]
)
KERNEL = np.random.default_rng(4).normal(0, 1, (1024, 300)).astype(np.float32)


def predict(network: keras.Model) -> np.ndarray:
    return network(PHOTOS, training=False).numpy()


def draw(network: keras.Model, first_block: int, seed: int) -> None:
    """Draw weights that keep maps of one pixel alive, from a block on."""
    random = np.random.default_rng(seed)
    for layer in network.layers:
        name, _, number = layer.name.rpartition("_")
        if name not in ("", "conv_dw", "conv_pw") or not layer.weights:
            continue
        block = int(number) if name else 0
        if block >= first_block:
            (kernel,) = layer.get_weights()
            inputs = 1 if name == "conv_dw" else np.prod(kernel.shape[:3])
            drawn = random.normal(0, np.sqrt(2 / inputs), kernel.shape)
            layer.set_weights([drawn])


@pytest.fixture
def extractor() -> keras.Model:
    network = build_extractor(32)
    draw(network, 0, seed=1)
    return network


@pytest.fixture
def tuned(extractor) -> keras.Model:
    """Shares its first blocks with the pretrained network; later ones differ."""
    network = keras.models.clone_model(extractor)
    network.set_weights(extractor.get_weights())
    draw(network, 9, seed=2)
    return network


@pytest.fixture
def joined(extractor, tuned) -> keras.Model:
    init = DualBranch("tuned", shared_blocks=8, teacher_features=TEACHER_FEATURES)
    return dual_branch(extractor, tuned, KERNEL, CHANNELS, init, predict)


def test_the_teacher_branch_gives_the_pretrained_features_projected(extractor, joined):
    features = predict(joined)

    kernel, bias = joined.get_layer(PROJECTION).get_weights()
    expected = np.maximum(predict(extractor) @ kernel[0, 0] + bias, 0.0)
    assert features.shape == (len(PHOTOS), 1024)
    np.testing.assert_allclose(
        features[:, :TEACHER_FEATURES], expected, rtol=1e-3, atol=1e-3
    )


def test_the_task_branch_gives_the_chosen_features_of_the_other_network(tuned, joined):
    theirs = predict(tuned)[:, CHANNELS]

    np.testing.assert_allclose(
        predict(joined)[:, TEACHER_FEATURES:], theirs, rtol=0, atol=1e-4
    )


def test_training_reaches_the_task_branch_alone(joined):
    network = in_precision(at_size(joined, 64), "mixed_bfloat16")
    freeze(network, 2 * 8 + 1)

    names = {variable.path.split("/")[0] for variable in network.trainable_variables}
    assert names == {
        f"conv_{kind}_{block}_tuned" for kind in ("dw", "pw") for block in range(9, 14)
    }


@pytest.mark.parametrize(
    "changed",
    [
        lambda network: at_size(network, 32),
        lambda network: keras.models.clone_model(network),
    ],
)
def test_other_forms_of_it_compute_the_same(
    joined, changed: Callable[[keras.Model], keras.Model], tmp_path: Path
):
    joined.save(tmp_path / "joined.keras")
    stored = keras.saving.load_model(tmp_path / "joined.keras")
    other = changed(stored)
    other.set_weights(stored.get_weights())

    np.testing.assert_allclose(predict(other), predict(joined), atol=1e-5)


def test_components_keep_the_logits():
    random = np.random.default_rng(5)
    features = random.gamma(2.0, 0.3, (500, 64))
    kernel = random.normal(0, 1, (64, 12))

    projection, bias = components(features, kernel, 11)

    kept = features @ projection + bias
    np.testing.assert_allclose(kept.mean(axis=0), MEAN, rtol=1e-3)
    np.testing.assert_allclose(kept.std(axis=0), DEVIATION, rtol=1e-2)
    # Logits that all grow alike change no softmax: 11 dimensions hold 12 of them.
    logits = features @ (kernel - kernel.mean(axis=1, keepdims=True))
    inputs = np.column_stack([kept, np.ones(len(kept))])
    found = inputs @ np.linalg.lstsq(inputs, logits, rcond=None)[0]
    np.testing.assert_allclose(found, logits, atol=1e-3)


def test_the_features_that_separate_the_labels_are_chosen():
    random = np.random.default_rng(6)
    labels = random.integers(0, 3, 600)
    features = random.normal(0, 1, (600, 9))
    separating = [1, 4, 8]
    features[:, separating] += 2.0 * np.eye(3)[labels]
    features *= random.uniform(0.1, 10, 9)

    assert most_weighted(features, labels, 3).tolist() == separating
