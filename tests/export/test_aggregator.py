import dataclasses
import logging

import keras
import numpy as np
import pytest
import tensorflow as tf

from export.aggregator import (
    check_parity,
    export_aggregator,
    quantise,
    write_aggregator,
)
from export.answers import PHOTO_COUNTS, check_order, draw_sets
from export.convert import convert, count_weights, saved_model
from export.model_rules import version_key
from export.signature_runner import SignatureRunner
from training.aggregators.loading import load_aggregator
from training.aggregators.per_channel_scaled_dense import PerChannelScaledDense

KINDS = ("average", "attention_2_gating", "photo_evidence")


@pytest.mark.parametrize("kind", KINDS)
def test_follows_keras_for_any_number_of_photos(
    kind, aggregators, aggregator_files, features
):
    floating = aggregator_files[kind].floating
    errors = check_parity(floating, aggregators[kind], features)
    assert set(errors) == set(PHOTO_COUNTS)
    assert max(errors.values()) < 1e-4
    assert [len(photos) for photos in draw_sets(features)] == [1, 2, 5, 40, 500, 4096]
    assert PHOTO_COUNTS == (1, 2, 5, 40, 500, 4096)


@pytest.mark.parametrize("kind", KINDS)
def test_weights_are_stored_once(kind, aggregators, aggregator_files):
    floating = aggregator_files[kind].floating
    assert len(floating.content) <= 1.05 * 4 * count_weights(aggregators[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_runs_on_plain_runtimes(kind, aggregator_files):
    files = aggregator_files[kind]
    for model in filter(None, (files.floating, files.quantised)):
        assert not model.custom_operators
        assert version_key(model.minimum_runtime) <= (2, 16, 1)
        assert model.operators.get("FULLY_CONNECTED", 0) <= 9


@pytest.mark.parametrize("kind", KINDS)
def test_order_of_photos_is_irrelevant(kind, aggregator_files, features):
    check_order(SignatureRunner(aggregator_files[kind].floating.content), features)


class FirstCountsMost:
    """A wrong aggregator, with the interface of a TFLite runner."""

    def takes(self, signature, name):
        return name == "features"

    def __call__(self, signature, features):
        weights = 1 / np.arange(1, len(features) + 1)[:, None]
        return {"probabilities": (weights * features).mean(axis=0)}


def test_an_order_that_matters_is_seen(features):
    with pytest.raises(ValueError, match="whatever the order"):
        check_order(FirstCountsMost(), features)


def test_another_networks_weights_are_seen(aggregators, aggregator_files, features):
    with pytest.raises(ValueError, match="within 0.0001 of Keras"):
        check_parity(
            aggregator_files["average"].floating,
            aggregators["attention_2_gating"],
            features,
        )


def test_photo_evidence_has_three_signatures(aggregator_files):
    signatures = aggregator_files["photo_evidence"].floating.signatures
    assert set(signatures) == {"predict", "update", "finish"}
    assert signatures["predict"].inputs["features"].shape == (-1, 1024)
    assert signatures["update"].inputs["state"].shape == (179,)


def test_int8_is_kept_where_it_is_accurate(aggregator_files):
    files = aggregator_files["photo_evidence"]
    assert files.quantised is not None
    assert len(files.quantised.content) < 0.35 * len(files.floating.content)


def logits_in_int8(layer, photos):
    specs = [tf.TensorSpec([None, photos.shape[1]], tf.float32, name="photos")]
    endpoint = (lambda photos: {"logits": layer(photos)}, specs)
    with saved_model(layer, {"classify": endpoint}) as folder:
        model = convert(folder, ["classify"], "one layer", quantise)
    return SignatureRunner(model.content)("classify", photos=photos)["logits"]


def test_outputs_of_small_weights_are_accurate_in_int8():
    """A kernel has one int8 step: the output of largest weights would set it."""
    # The converter leaves kernels of fewer than 1,024 weights as they are.
    random = np.random.default_rng(2)
    photos = random.uniform(-1, 1, (50, 256)).astype(np.float32)
    sizes = np.geomspace(1e-3, 1, 8)
    kernel = random.normal(0, 1, (256, 8)) * sizes
    errors = {}
    for layer in (PerChannelScaledDense(8), keras.layers.Dense(8)):
        layer.build((None, 256))
        layer.set_weights([kernel, 10 * sizes])
        answer = logits_in_int8(layer, photos)
        error = np.abs(answer - (photos @ kernel + 10 * sizes)).max(axis=0)
        errors[type(layer)] = (error / sizes).max()
    assert errors[PerChannelScaledDense] < 1
    assert errors[keras.layers.Dense] > 10 * errors[PerChannelScaledDense]


def test_there_is_no_int8_where_it_is_not_accurate(
    make_aggregator, features, feature_scale, caplog
):
    aggregator = make_aggregator("photo_evidence", features, feature_scale)
    kernel = aggregator.classifier.kernel.numpy()
    # Of each output one weight so large that at its scale all others round to zero.
    kernel[0] = 100.0
    aggregator.classifier.kernel.assign(kernel)
    with caplog.at_level(logging.WARNING):
        files = export_aggregator(aggregator, features)
    assert files.quantised is None
    assert "no int8 aggregator: it changes a probability by" in caplog.text


def test_stale_int8_file_goes_with_a_new_export(aggregator_files, tmp_path):
    files = aggregator_files["photo_evidence"]
    write_aggregator(tmp_path, files)
    assert (tmp_path / "aggregator-int8.tflite").is_file()
    write_aggregator(tmp_path, dataclasses.replace(files, quantised=None))
    assert [path.name for path in tmp_path.iterdir()] == ["aggregator.tflite"]


def test_no_file_to_load(tmp_path):
    with pytest.raises(ValueError, match="no file .*missing.keras"):
        load_aggregator(tmp_path / "missing.keras")
