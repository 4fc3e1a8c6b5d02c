from pathlib import Path

import keras
import numpy as np

from training.backbone.mobilenet import in_precision
from training.backbone.pretrained import build_teacher

PHOTOS = np.random.default_rng(1).uniform(-1, 1, (4, 32, 32, 3)).astype(np.float32)


def test_convolutions_compute_in_bfloat16_and_weights_and_features_are_float32(
    extractor: keras.Model,
):
    other = in_precision(extractor, "mixed_bfloat16")

    assert other.get_layer("conv_pw_7").compute_dtype == "bfloat16"
    assert {w.dtype for w in other.weights} == {"float32"}
    found, exact = other(PHOTOS).numpy(), extractor(PHOTOS).numpy()
    assert found.dtype == np.float32 and (found != exact).any()
    assert np.abs(found - exact).mean() < 0.05 * exact.mean()
    assert extractor.get_layer("conv_pw_7").compute_dtype == "float32"
    assert keras.config.dtype_policy().name == "float32"


def test_no_precision_is_the_network_itself(extractor: keras.Model):
    assert in_precision(extractor, None) is extractor


def test_a_teacher_s_logits_are_float32(weights_data: Path):
    teacher = build_teacher(32, weights_data, "mixed_bfloat16")

    assert teacher(PHOTOS).numpy().dtype == np.float32
    assert not teacher.trainable_weights
    extractor, _ = teacher.layers
    assert extractor.get_layer("conv1").compute_dtype == "bfloat16"
