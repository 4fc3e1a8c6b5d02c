import json
from pathlib import Path

import keras
import numpy as np
import pytest

from training.backbone.mobilenet import (
    CONVOLUTIONS,
    at_size,
    build_extractor,
    freeze,
)
from training.backbone.pretrained import (
    STORED_WEIGHTS,
    fold_batch_norms,
    load_pretrained,
    pretrained_input,
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
    small = build_extractor(32)
    load_pretrained(small, weights_data)

    large = at_size(small, 64)

    assert large.input_shape == (None, 64, 64, 3)
    for mine, theirs in zip(small.get_weights(), large.get_weights(), strict=True):
        assert np.array_equal(mine, theirs)


def test_padding_that_is_never_read_is_removed_and_restored(weights_data: Path):
    whole = keras.applications.MobileNet(
        input_shape=(72, 72, 3), include_top=False, weights=None, pooling="avg"
    )
    extractor = build_extractor(64)
    load_pretrained(extractor, weights_data)
    whole.set_weights(extractor.get_weights())
    photos = np.random.default_rng(1).uniform(-1, 1, (2, 72, 72, 3))

    odd = at_size(extractor, 72)  # has maps of 9 pixels

    assert isinstance(odd.get_layer("conv_pad_6"), keras.layers.Identity)
    np.testing.assert_allclose(odd(photos), whole(photos), rtol=1e-4, atol=1e-4)
    again = at_size(odd, 64)
    np.testing.assert_array_equal(
        again(photos[:, :64, :64]), extractor(photos[:, :64, :64])
    )


def test_a_narrow_network_has_fewer_features():
    assert build_extractor(32, 0.75).output_shape == (None, 768)


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


def test_folded_batch_norms_leave_the_features_as_they_were():
    random = np.random.default_rng(2)
    extractor = build_extractor(32, 0.25)
    for layer in extractor.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            shape = layer.gamma.shape
            drawn = [random.uniform(0.5, 2, shape), random.normal(0, 1, shape)]
            drawn += [random.normal(0, 1, shape), random.uniform(0.1, 3, shape)]
            layer.set_weights(drawn)
    photos = random.uniform(-1, 1, (3, 32, 32, 3))
    before = extractor(photos, training=False).numpy()

    fold_batch_norms(extractor)

    after = extractor(photos, training=False).numpy()
    assert before.std() > 0.01
    np.testing.assert_allclose(after, before, atol=1e-4)
    gamma, _, mean, _ = extractor.get_layer("conv_pw_5_bn").get_weights()
    assert (gamma == 1).all() and (mean == 0).all()


def test_a_pretrained_width_has_its_own_weights(tmp_path: Path):
    stored, loaded = build_extractor(32, 0.75), build_extractor(32, 0.75)
    write_for_javascript(stored, tmp_path)

    load_pretrained(loaded, tmp_path, 0.75)

    photos = np.random.default_rng(1).uniform(-1, 1, (4, 32, 32, 3))
    np.testing.assert_allclose(loaded(photos), stored(photos), atol=1e-4)
    assert loaded.output_shape == (None, 768)
    folder = (tmp_path / STORED_WEIGHTS[0.75]).parent
    assert pretrained_input(tmp_path, 0.75) == folder  # all shards, not the index alone
    assert isinstance(pretrained_input(tmp_path, 1.0), bytes)


def write_for_javascript(network: keras.Model, data: Path) -> None:
    """Store a network's weights in two shards, as TensorFlow.js does."""
    path = data / STORED_WEIGHTS[0.75]
    path.parent.mkdir(parents=True)
    listed, values = [], []
    for layer in network.layers:
        for variable, value in zip(layer.weights, layer.get_weights(), strict=True):
            name = f"{layer.name}/{variable.name}"
            listed.append({"name": name, "shape": list(value.shape)})
            values.append(value.ravel())
    whole = np.concatenate(values)
    for name, part in zip("ab", np.split(whole, [len(whole) // 3]), strict=True):
        part.tofile(path.parent / name)
    group = {"paths": ["a", "b"], "weights": listed}
    path.write_text(json.dumps({"weightsManifest": [group]}))


@pytest.mark.needs_photos
def test_the_real_weights_fit(photo_data: Path):
    extractor = build_extractor(64)

    load_pretrained(extractor, photo_data)

    features = extractor(np.zeros((1, 64, 64, 3), np.float32)).numpy()
    assert features.shape == (1, 1024)
    assert 0 <= features.min() < features.max() <= 6


@pytest.mark.needs_photos
def test_the_real_weights_of_another_width_fit(photo_data: Path):
    extractor = build_extractor(64, 0.75)

    load_pretrained(extractor, photo_data, 0.75)

    features = extractor(np.zeros((1, 64, 64, 3), np.float32)).numpy()
    assert features.shape == (1, 768)
    assert 0 <= features.min() < features.max() <= 6
