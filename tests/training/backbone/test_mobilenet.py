from pathlib import Path

import keras
import numpy as np
import pytest

from training.backbone.mobilenet import (
    CONVOLUTIONS,
    build_extractor,
    freeze,
    load_pretrained,
)


def trainable_convolutions(model: keras.Model) -> list[str]:
    return [
        layer.name
        for layer in model.layers
        if layer.trainable and layer.weights and "bn" not in layer.name
    ]


def test_weights_are_the_stored_ones(weights_data: Path):
    first, second = build_extractor(32), build_extractor(32)

    load_pretrained(first, weights_data)
    load_pretrained(second, weights_data)

    images = np.random.default_rng(1).uniform(-1, 1, (2, 32, 32, 3))
    assert np.array_equal(first(images), second(images))
    assert first(images).shape == (2, 1024)


def test_one_set_of_weights_fits_every_size(weights_data: Path):
    small, large = build_extractor(32), build_extractor(64)
    load_pretrained(small, weights_data)

    large.set_weights(small.get_weights())

    assert large.count_params() == small.count_params()


def test_freezing_22_leaves_the_last_five_convolutions():
    extractor = build_extractor(32)

    freeze(extractor, 22)

    assert trainable_convolutions(extractor) == [
        "conv_pw_11", "conv_dw_12", "conv_pw_12", "conv_dw_13", "conv_pw_13"
    ]  # fmt: skip


def test_batch_norms_stay_frozen_whatever_is_trained():
    extractor = build_extractor(32)

    freeze(extractor, 0)

    assert len(trainable_convolutions(extractor)) == CONVOLUTIONS
    norms = [
        x for x in extractor.layers if isinstance(x, keras.layers.BatchNormalization)
    ]
    assert len(norms) == CONVOLUTIONS
    assert not any(norm.trainable for norm in norms)


def test_more_frozen_layers_than_there_are_is_refused():
    with pytest.raises(ValueError, match="expected 0 to 27, received 28"):
        freeze(build_extractor(32), 28)


def test_without_weights_the_error_names_both_places(tmp_path: Path, monkeypatch):
    def unreachable(**_: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(keras.applications, "MobileNet", unreachable)

    with pytest.raises(ValueError, match=r"dequantised_keras\.npz or through Keras"):
        load_pretrained(None, tmp_path)


@pytest.mark.needs_photos
def test_the_real_weights_fit(photo_data: Path):
    extractor = build_extractor(64)

    load_pretrained(extractor, photo_data)

    features = extractor(np.zeros((1, 64, 64, 3), np.float32)).numpy()
    assert features.shape == (1, 1024)
    assert 0 <= features.min() < features.max() <= 6
