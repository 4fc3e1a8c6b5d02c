import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from synthetic import CATEGORIES, photo_table

from training.features.extract import (
    anonymous,
    extract,
    extract_feature_set,
    feature_scale,
)
from training.features.feature_set import FeatureSet
from training.photos.pixels import resize

PROGRAM = """
import sys, time
from pathlib import Path
import numpy as np
from training.features.extract import extract

def slow_extractor(pixels):
    time.sleep(0.1)
    with open(sys.argv[3], "a") as log:
        log.write("called\\n")
    return pixels.mean(axis=(1, 2)).astype(np.uint8)

pixels = np.load(sys.argv[1], mmap_mode="r")
features = extract(pixels, slow_extractor, "key", Path(sys.argv[2]), chunk=4)
np.save(sys.argv[4], features)
"""


def _pixels(count: int) -> np.ndarray:
    random = np.random.default_rng(0)
    return random.integers(0, 256, (count, 8, 8, 3), np.uint8)


def _mean_colour(pixels: np.ndarray) -> np.ndarray:
    return pixels.mean(axis=(1, 2)).astype(np.uint8)


def test_a_killed_run_resumes(tmp_path: Path, project_root: Path) -> None:
    pixels = _pixels(90)
    np.save(tmp_path / "pixels.npy", pixels)
    names = ("pixels.npy", "work", "log", "features.npy")
    command = [sys.executable, "-c", PROGRAM, *(str(tmp_path / n) for n in names)]
    run = subprocess.Popen(command, cwd=project_root, env=os.environ)
    while len(list((tmp_path / "work").glob("*.npy"))) < 5:
        assert run.poll() is None
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert not (tmp_path / "features.npy").exists()

    finished = len(list((tmp_path / "work").glob("*.npy")))
    calls = len((tmp_path / "log").read_text().splitlines())
    subprocess.run(command, cwd=project_root, env=os.environ, check=True)
    calls_after = len((tmp_path / "log").read_text().splitlines()) - calls
    assert finished >= 5
    assert calls_after == 23 - finished
    np.testing.assert_array_equal(
        np.load(tmp_path / "features.npy"), _mean_colour(pixels)
    )


def test_checkpoints_of_others_are_not_taken(tmp_path: Path) -> None:
    pixels = _pixels(10)
    first = extract(pixels, _mean_colour, "one", tmp_path, chunk=4)
    changed = pixels.copy()
    changed[5] = 0
    again = extract(changed, _mean_colour, "one", tmp_path, chunk=4)
    np.testing.assert_array_equal(again, _mean_colour(changed))
    other = extract(pixels, lambda p: _mean_colour(p) + 1, "two", tmp_path, chunk=4)
    np.testing.assert_array_equal(other, first + 1)


def test_paths_and_contributor_numbers_are_not_kept() -> None:
    photos = photo_table().assign(path="a/b.jpg")
    photos.loc[photos["contributor"] >= 0, "contributor"] += 7000
    table = anonymous(photos)
    assert "path" not in table
    known = table["contributor"][table["contributor"] >= 0]
    assert sorted(set(known)) == list(range(known.nunique()))
    assert (table["contributor"].value_counts().to_numpy() > 0).all()
    same = pd.crosstab(photos["contributor"], table["contributor"]) > 0
    assert (same.sum(axis=0) == 1).all() and (same.sum(axis=1) == 1).all()


@pytest.fixture(scope="module")
def tiny_extractor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real uint8 network: one convolution and the mean over the picture."""
    import keras
    import tensorflow as tf

    model = keras.Sequential(
        [
            keras.layers.Input((8, 8, 3), batch_size=1),
            keras.layers.Conv2D(16, 3, activation="relu"),
            keras.layers.GlobalAveragePooling2D(),
        ]
    )
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: (
        [pixels[None].astype(np.float32) / 127.5 - 1] for pixels in _pixels(20)
    )
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.uint8
    path = tmp_path_factory.mktemp("extractor") / "extractor.tflite"
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Statistics for quantized inputs")
        path.write_bytes(converter.convert())
    return path


def test_a_feature_set_is_made_by_a_real_extractor(
    tiny_extractor: Path, tmp_path: Path
) -> None:
    photos = photo_table().assign(path="a/b.jpg")
    photos.to_parquet(tmp_path / "photos.parquet", index=False)
    np.save(tmp_path / "pixels.npy", _pixels(len(photos)))
    made = extract_feature_set(
        tmp_path / "pixels.npy",
        tmp_path / "photos.parquet",
        tiny_extractor,
        CATEGORIES,
        {"command": "test"},
        tmp_path / "set",
        1,
    )
    loaded = FeatureSet.load(tmp_path / "set")
    np.testing.assert_array_equal(loaded.features, made.features)
    assert loaded.features.shape == (len(photos), 16)
    assert loaded.features.std(axis=0).max() > 0
    assert loaded.scale == feature_scale(tiny_extractor)
    assert not list(tmp_path.glob(".set*"))


def test_packed_photos_are_made_as_small_as_the_extractor_reads(
    tiny_extractor: Path, tmp_path: Path
) -> None:
    table = photo_table()
    table.to_parquet(tmp_path / "photos.parquet", index=False)
    large = np.random.default_rng(2).integers(0, 256, (len(table), 16, 16, 3), np.uint8)
    made = []
    for name, pixels in (("large", large), ("small", resize(large, 8))):
        np.save(tmp_path / "pixels.npy", pixels)
        made.append(
            extract_feature_set(
                tmp_path / "pixels.npy",
                tmp_path / "photos.parquet",
                tiny_extractor,
                CATEGORIES,
                {},
                tmp_path / name,
                1,
            )
        )
    np.testing.assert_array_equal(made[0].features, made[1].features)
    assert made[0].features.std(axis=0).max() > 0


def test_photos_and_pixels_must_agree(tiny_extractor: Path, tmp_path: Path) -> None:
    photo_table().to_parquet(tmp_path / "photos.parquet", index=False)
    np.save(tmp_path / "pixels.npy", _pixels(3))
    with pytest.raises(ValueError, match="expected 3 photos"):
        extract_feature_set(
            tmp_path / "pixels.npy",
            tmp_path / "photos.parquet",
            tiny_extractor,
            CATEGORIES,
            {},
            tmp_path / "set",
            1,
        )
