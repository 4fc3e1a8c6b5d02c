import json
import sys

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.extractor import (
    choose_calibration,
    compare,
    convert_extractor,
    normalise,
)
from export.model_rules import check_quantisation
from export.signature_runner import SignatureRunner
from export.tflite_file import TFLiteFile
from training.backbone.config import DualBranch
from training.backbone.dual_branch import dual_branch
from training.backbone.mobilenet import build_extractor

OPERATORS = {"CONV_2D", "DEPTHWISE_CONV_2D", "MEAN", "QUANTIZE"}


def test_bytes_at_both_ends(extractor_files):
    quantised, _ = extractor_files
    signature = quantised.signatures["features"]
    image, features = signature.inputs["image"], signature.outputs["features"]
    assert (image.dtype, image.shape) == ("uint8", (1, 224, 224, 3))
    assert image.scale == np.float32(1 / 127.5) and image.zero_point == 127
    assert (features.dtype, features.shape) == ("uint8", (1, 1024))
    assert features.zero_point == 0 and features.scale > 0


def test_only_operators_that_accelerators_take(extractor_files):
    quantised, floating = extractor_files
    assert set(quantised.operators) == OPERATORS
    assert set(floating.operators) == OPERATORS - {"QUANTIZE"}


def test_two_ends_leave_one_row_of_features_on_one_scale(photos):
    small = np.ascontiguousarray(photos[:8, :64, :64])
    pretrained, tuned = build_extractor(64), build_extractor(64)
    kernel = np.random.default_rng(1).normal(0, 1, (1024, 300)).astype(np.float32)

    def predict(network: keras.Model) -> np.ndarray:
        return np.asarray(network(normalise(small)))

    init, channels = DualBranch("tuned", 8, 200), np.arange(200, 1024)
    branched = dual_branch(pretrained, tuned, kernel, channels, init, predict)
    quantised, _ = convert_extractor(branched, small)

    assert set(quantised.operators) == OPERATORS | {"CONCATENATION"}
    features = quantised.signatures["features"].outputs["features"]
    assert features.shape == (1, 1024)


def test_input_scale_holds_when_no_photo_is_black_or_white(keras_extractor, photos):
    grey = photos[:2] // 4 + 96
    quantised, _ = convert_extractor(keras_extractor, grey)
    check_quantisation(quantised)


def test_features_follow_keras(keras_extractor, extractor_files, photos):
    quantised, floating = extractor_files
    expected = np.asarray(keras_extractor(normalise(photos[:1])))
    exact = SignatureRunner(floating.content)("features", image=normalise(photos[:1]))
    np.testing.assert_allclose(exact["features"], expected, atol=1e-4)
    stored = SignatureRunner(quantised.content)("features", image=photos[:1])
    scale = quantised.signatures["features"].outputs["features"].scale
    assert np.abs(stored["features"] * scale - expected).mean() < 0.1 * expected.mean()


def test_compare_sees_another_network(extractor_files, photos):
    keras.utils.set_random_seed(99)
    quantised, floating = extractor_files
    alike = compare(quantised, floating, photos[12:16])
    assert alike.photos == 4
    assert alike.cosine_minimum <= alike.cosine_mean <= 1 + 1e-9
    assert alike.cosine_minimum > 0.95


def test_lost_weights_are_refused(keras_extractor, photos, monkeypatch):
    # Stands for any way in which a converter drops what it should store.
    monkeypatch.setattr("export.extractor._folded_weights", lambda _: (10**7, 10))
    with pytest.raises(ValueError, match=r"extractor-float.tflite: expected .* bytes"):
        convert_extractor(keras_extractor, photos[:1])


def test_a_network_that_accelerators_refuse(photos):
    image = keras.Input((224, 224, 3))
    x = keras.layers.Conv2D(4, 8, strides=8, activation="sigmoid")(image)
    model = keras.Model(image, keras.layers.GlobalAveragePooling2D()(x))
    with pytest.raises(ValueError, match="received also .*LOGISTIC"):
        convert_extractor(model, photos[:1])


def test_report(extractor_folder):
    report = json.loads((extractor_folder / "extractor.json").read_text())
    assert report["seed"] == 0 and report["photos"] == 12
    assert {"cosine_mean", "cosine_minimum"} <= set(report)


@given(
    rows=st.lists(st.integers(0, 99), min_size=1, unique=True),
    count=st.integers(1, 120),
    seed=st.integers(0, 9),
)
def test_calibration_draws_from_its_rows(rows, count, seed):
    pixels = np.arange(100)
    chosen = choose_calibration(pixels, np.array(rows), count, seed)
    assert set(chosen) <= set(rows)
    assert len(set(chosen)) == len(chosen) == min(count, len(rows))
    again = choose_calibration(pixels, np.array(rows), count, seed)
    assert (chosen == again).all()


def test_nothing_to_calibrate_with():
    with pytest.raises(ValueError, match="received none"):
        choose_calibration(np.zeros((3, 1)), np.array([], int), 5, 0)


@pytest.mark.needs_photos
@pytest.mark.slow
def test_real_weights_keep_their_features(photo_data, monkeypatch):
    """Plain quantisation of MobileNet v1 1.0 on real photos meets the target."""
    monkeypatch.syspath_prepend(str(photo_data))
    import load_weights

    from photo_interests.photos.pixels import read_pixels

    paths = sorted(photo_data.glob("images_caltech101/*/*.jpg"))[::60]
    pixels = np.stack([read_pixels(path) for path in paths])
    network = load_weights.v1_100()
    last = network.get_layer("conv_pw_13_relu").output
    pooled = keras.layers.GlobalAveragePooling2D()(last)
    model = keras.Model(network.input, pooled)
    quantised, floating = convert_extractor(model, pixels[::2])
    similarity = compare(quantised, floating, pixels[1::2])
    assert similarity.photos >= 40
    assert similarity.cosine_mean >= 0.99
    assert similarity.cosine_minimum >= 0.975
    assert TFLiteFile(quantised.content, "again").minimum_runtime == "1.14.0"
    sys.modules.pop("load_weights")
