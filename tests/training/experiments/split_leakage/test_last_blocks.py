from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pandas as pd
import pytest

from training.backbone.mobilenet import build_extractor, freeze
from training.backbone.pretrained import load_pretrained
from training.experiments.split_leakage.last_blocks import (
    LastBlocks,
    fine_tune,
    split,
)
from training.experiments.split_leakage.strict_split import StrictSplit
from training.experiments.split_leakage.tuned_extractor import strict_workspace
from training.runs import Record
from training.workspace import Workspace

SIZE = 64


@pytest.fixture
def network(weights_data: Path) -> keras.Model:
    """The pretrained network for photos of 64 pixels."""
    network = build_extractor(SIZE)
    load_pretrained(network, weights_data)
    return network


def test_both_parts_together_are_the_network(network: keras.Model) -> None:
    lower, upper = split(network, 22)
    photos = np.random.default_rng(1).random((2, SIZE, SIZE, 3), np.float32)
    assert np.allclose(upper(lower(photos)), network(photos), atol=1e-4)
    freeze(network, 22)
    assert not lower.trainable_weights
    trained = [weight.path for weight in upper.trainable_weights]
    assert [path.split("/")[0] for path in trained] == [
        "conv_pw_11", "conv_dw_12", "conv_pw_12", "conv_dw_13", "conv_pw_13",
    ]  # fmt: skip


def test_more_convolutions_than_there_are_is_an_error(network: keras.Model) -> None:
    with pytest.raises(ValueError, match="expected at most 27, received 40"):
        split(network, 40)


@pytest.mark.slow
def test_the_last_convolutions_learn_and_the_first_stay(
    network: keras.Model, coloured_photos: tuple[np.ndarray, pd.DataFrame],
    tmp_path: Path,
) -> None:  # fmt: skip
    small, table = coloured_photos
    pixels = small.repeat(2, axis=1).repeat(2, axis=2)
    rows = np.flatnonzero(table["split"] == "train")
    labels = rows % 4
    config = LastBlocks(
        views=2, epochs=6, crop_size=SIZE, batch_size=10, calibration_photos=8
    )
    before = network.get_weights()
    tuned, course = fine_tune(network, pixels, rows, labels, config, tmp_path)
    assert course["accuracy"][-1] > 0.8  # of four colours
    assert course["loss"][-1] < course["loss"][0]
    for old, new in zip(before, network.get_weights(), strict=True):
        assert np.array_equal(old, new)
    first, _ = split(network, 22)
    changed = {
        one.name
        for one, other in zip(network.layers, tuned.layers, strict=True)
        for a, b in zip(one.get_weights(), other.get_weights(), strict=True)
        if not np.array_equal(a, b)
    }
    assert changed and not changed & {layer.name for layer in first.layers}
    stored = {path: path.stat().st_mtime_ns for path in tmp_path.glob("maps-*.npy")}
    assert len(stored) == 2
    fine_tune(network, pixels, rows, labels, replace(config, epochs=7), tmp_path)
    assert {path: path.stat().st_mtime_ns for path in stored} == stored


def test_a_workspace_has_the_photos_under_its_own_split(tmp_path: Path) -> None:
    place = Workspace(tmp_path / "runs")
    (place.catalogue).mkdir(parents=True)
    (place.catalogue / "catalogue.csv").write_text("id\n")
    place.pixels.parent.mkdir()
    place.pixels.write_bytes(b"pixels")
    photos = pd.DataFrame({"path": ["a", "b"], "split": "train", "group": [0, 1]})
    photos.to_parquet(place.photos)
    record = Record(
        "photos", "photos", "", {}, {}, "", 0.0, 0, 1, {"sources": [{"name": "some"}]}
    )
    record.save(place.photos.parent)
    moved = photos.assign(split=["train", "test"])
    strict = strict_workspace(place, moved, StrictSplit(), tmp_path / "strict")
    assert pd.read_parquet(strict.photos)["split"].tolist() == ["train", "test"]
    assert strict.pixels.read_bytes() == b"pixels"
    assert (strict.catalogue / "catalogue.csv").exists()
    values = Record.load(strict.photos.parent).values
    assert values["sources"] == [{"name": "some"}]
