"""What every aggregator must do, whatever is inside: one helper for all of them."""

from collections.abc import Mapping
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

from training.aggregators.aggregator import Aggregator

FEATURE_SCALE = 0.02
SIZES = (1, 2, 5, 40)


def random_features(*shape: int, seed: int = 0) -> np.ndarray:
    """Makes stored features: half of them zero, as after a ReLU."""
    random = np.random.default_rng(seed)
    return np.maximum(random.integers(-120, 120, shape), 0).astype(np.uint8)


def with_random_weights(aggregator: Aggregator, spread: float = 0.2) -> Aggregator:
    """Builds, standardises and randomises, so that no weight is left at zero."""
    aggregator.build((None, None, aggregator.dimension))
    aggregator.adapt(random_features(64, aggregator.dimension, seed=1))
    random = np.random.default_rng(2)
    for weight in aggregator.trainable_weights:
        noise = random.normal(0, spread / max(1, np.prod(weight.shape[:1])) ** 0.25)
        values = random.normal(0, spread, weight.shape) + np.abs(noise)
        # Keras draws other first weights in every run; scalars have a meaning.
        weight.assign(values if weight.shape else weight.numpy() + values)
    return aggregator


def check_aggregator(aggregator: Aggregator, directory: Path) -> None:
    """Runs every check on an aggregator with random weights."""
    check_shapes(aggregator)
    check_mask(aggregator)
    check_order_is_irrelevant(aggregator)
    check_call_and_answer_agree(aggregator)
    check_contributions(aggregator)
    check_gradients(aggregator)
    check_saved_and_loaded(aggregator, directory)
    check_tflite(aggregator, directory)
    check_refusals(aggregator)


def check_shapes(aggregator: Aggregator) -> None:
    for photos in SIZES:
        logits = aggregator(random_features(3, photos, aggregator.dimension))
        assert logits.shape == (3, aggregator.categories)
        assert logits.dtype == tf.float32
        answer = aggregator.explain(random_features(photos, aggregator.dimension))
        assert {name: array.shape for name, array in answer.items()} == {
            "probabilities": (aggregator.categories,),
            "contributions": (photos, aggregator.categories),
            "photo_probabilities": (photos, aggregator.categories),
        }


def check_mask(aggregator: Aggregator) -> None:
    """Neither what padding holds nor how much there is may matter."""
    features = random_features(2, 9, aggregator.dimension)
    lengths = np.array([3, 7])
    mask = np.arange(9) < lengths[:, None]
    masked = aggregator(features, mask=mask).numpy()
    other = np.where(mask[:, :, None], features, 255 - features)
    np.testing.assert_allclose(aggregator(other, mask=mask), masked, atol=1e-5)
    for user, length in enumerate(lengths):
        alone = aggregator(features[user : user + 1, :length]).numpy()[0]
        np.testing.assert_allclose(masked[user], alone, atol=1e-4)
    assert np.abs(aggregator(features).numpy() - masked).max() > 1e-3


def check_order_is_irrelevant(aggregator: Aggregator) -> None:
    features = random_features(40, aggregator.dimension)
    order = np.random.default_rng(3).permutation(40)
    straight, shuffled = (
        aggregator.explain(features),
        aggregator.explain(features[order]),
    )
    np.testing.assert_allclose(
        shuffled["probabilities"], straight["probabilities"], atol=1e-5
    )
    for name in ("contributions", "photo_probabilities"):
        np.testing.assert_allclose(shuffled[name], straight[name][order], atol=1e-5)


def check_call_and_answer_agree(aggregator: Aggregator) -> None:
    """What is exported is what was trained."""
    features = random_features(11, aggregator.dimension)
    logits = aggregator(features[None])[0]
    expected = keras.ops.sigmoid(logits).numpy()
    probabilities = aggregator.explain(features)["probabilities"]
    np.testing.assert_allclose(probabilities, expected, atol=1e-5)
    assert np.ptp(probabilities) > 1e-3


def check_contributions(aggregator: Aggregator) -> None:
    for photos in SIZES:
        answer = aggregator.explain(random_features(photos, aggregator.dimension))
        np.testing.assert_allclose(answer["contributions"].sum(axis=0), 1, atol=1e-5)
        assert all(np.isfinite(array).all() for array in answer.values())
        for array in answer.values():
            assert array.min() >= 0 and array.max() <= 1 + 1e-6


def check_gradients(aggregator: Aggregator) -> None:
    features = random_features(4, 6, aggregator.dimension)
    mask = np.arange(6) < np.array([1, 3, 5, 6])[:, None]
    labels = np.random.default_rng(4).integers(0, 2, (4, aggregator.categories))
    with tf.GradientTape() as tape:
        logits = aggregator(features, mask=mask, training=True)
        loss = tf.nn.sigmoid_cross_entropy_with_logits(
            tf.cast(labels, tf.float32), logits
        )
    gradients = tape.gradient(loss, aggregator.trainable_variables)
    for weight, gradient in zip(aggregator.trainable_variables, gradients, strict=True):
        assert gradient is not None, weight.path
        assert np.isfinite(gradient.numpy()).all(), weight.path
        assert np.abs(gradient.numpy()).max() > 0, weight.path


def check_saved_and_loaded(aggregator: Aggregator, directory: Path) -> None:
    features = random_features(5, aggregator.dimension)
    path = directory / "aggregator.keras"
    keras.saving.save_model(aggregator, path)
    loaded = keras.saving.load_model(path)
    assert type(loaded) is type(aggregator)
    assert loaded.get_config() == aggregator.get_config()
    expected = aggregator.explain(features)
    for name, array in loaded.explain(features).items():
        np.testing.assert_array_equal(array, expected[name])


def check_refusals(aggregator: Aggregator) -> None:
    for shape in ((0, aggregator.dimension), (3, aggregator.dimension + 1), (3,)):
        try:
            aggregator.explain(np.zeros(shape, np.uint8))
        except ValueError as error:
            assert "Received" in str(error)
        else:
            raise AssertionError(f"features of shape {shape} were accepted")


def check_tflite(aggregator: Aggregator, directory: Path) -> None:
    """Every signature answers as in Keras, and weights are stored once."""
    model = converted(aggregator, directory)
    parameters = sum(int(np.prod(v.shape)) for v in aggregator.trainable_variables)
    # Standardisation's mean and deviation, and what a graph costs without weights.
    assert len(model) < 4 * (parameters + 2 * aggregator.dimension) + 100_000
    interpreter = Interpreter(model_content=model)
    signatures = aggregator.signatures()
    assert set(interpreter.get_signature_list()) == set(signatures)
    for photos in SIZES:
        inputs = inputs_of(aggregator, photos)
        for name, (function, specs) in signatures.items():
            arguments = {spec.name: inputs[spec.name] for spec in specs}
            expected = function(*(tf.convert_to_tensor(a) for a in arguments.values()))
            received = run_signature(interpreter, name, arguments)
            assert set(received) == set(expected)
            for key, tensor in expected.items():
                tolerance = 1e-4 if key == "state" else 1e-5
                np.testing.assert_allclose(
                    received[key], tensor, rtol=1e-5, atol=tolerance, err_msg=key
                )


def inputs_of(aggregator: Aggregator, photos: int) -> Mapping[str, np.ndarray]:
    """Makes an input of every kind that signatures take."""
    inputs = {"features": random_features(photos, aggregator.dimension)}
    spec = aggregator.state_spec()
    if spec is not None:
        random = np.random.default_rng(5)
        inputs["state"] = random.normal(0, 4, spec.shape).astype(np.float32)
    return inputs


def converted(aggregator: Aggregator, directory: Path) -> bytes:
    """Converts all signatures to one float32 TFLite file, builtin operations only."""
    archive = keras.export.ExportArchive()
    archive.track(aggregator)
    for name, (function, specs) in aggregator.signatures().items():
        archive.add_endpoint(name, function, specs)
    archive.write_out(str(directory / "saved_model"), verbose=False)
    converter = tf.lite.TFLiteConverter.from_saved_model(
        str(directory / "saved_model"),
        signature_keys=list(aggregator.signatures()),
    )
    return converter.convert()


def run_signature(
    interpreter: Interpreter, name: str, arguments: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Runs one signature on inputs of any number of photos."""
    runner = interpreter.get_signature_runner(name)
    return runner(**arguments)
