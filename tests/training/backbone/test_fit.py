import json
import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from training.backbone import objective
from training.backbone.config import (
    Branches,
    Distillation,
    Following,
    Stage,
    Start,
)
from training.backbone.fit import BackboneRun
from training.backbone.mobilenet import build_extractor, load_pretrained
from training.backbone.stored_weights import STORED_WEIGHTS

INDEX = {"a": 0, "b": 1, "c": 2}
TRAIN = """
import pickle, sys
from training.backbone.fit import BackboneRun
BackboneRun(*pickle.load(open(sys.argv[1], "rb"))).fit()
"""


@pytest.fixture
def arguments(small_config, coloured_photos, weights_data, tmp_path: Path):
    pixels, table = coloured_photos
    return (small_config, pixels, table, INDEX, weights_data, tmp_path / "run")


@pytest.fixture
def learning_from_all(arguments, tmp_path: Path) -> tuple:
    """Arguments of a run that starts from two others and has every lesson."""
    config, pixels, *others, weights_data, directory = arguments
    pretrained = build_extractor(32)
    load_pretrained(pretrained, weights_data)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        pretrained.save(tmp_path / name / "extractor.keras")
    size = config.stages[0].crop_size
    config = replace(
        config,
        stages=(Stage(11, epochs=1, learning_rate=1e-4, crop_size=size, decay=True),),
        start=Start("a", 0.5, rest="b"),
        distillation=Distillation(1.0, 2.0),
        following=Following("everyday-178", weight=3.0),
        head_units=16,
        precision="mixed_bfloat16",
        input_size=size,
    )
    pixels = pixels.repeat(7, axis=1).repeat(7, axis=2)  # what everyday-178 reads
    return (config, pixels, *others, weights_data, directory)


def start(arguments: tuple, tmp_path: Path) -> subprocess.Popen:
    pickled = tmp_path / "arguments.pickle"
    pickled.write_bytes(pickle.dumps(arguments))
    return subprocess.Popen([sys.executable, "-c", TRAIN, pickled])


def wait_for(path: Path, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 120
    while not path.exists():
        assert process.poll() is None, "training ended before it was killed"
        assert time.monotonic() < deadline, f"{path} never appeared"
        time.sleep(0.02)


def test_a_run_learns_colours_and_leaves_an_extractor(arguments):
    accuracy = BackboneRun(*arguments).fit()

    directory = arguments[-1]
    extractor = keras.saving.load_model(directory / "extractor.keras")
    assert extractor.output_shape == (None, 1024)
    assert accuracy["tuned_probe_test"] == 1.0
    stored = json.loads((directory / "result.json").read_text())
    assert stored["top1"] == accuracy
    assert stored["config"]["name"] == "small"
    assert list((directory / "board").rglob("events*")), "no TensorBoard log"


def test_a_distilled_run_starts_between_two_and_goes_on_from_its_stage(
    arguments, weights_data: Path, tmp_path: Path
):
    config, *others, directory = arguments
    config = replace(
        config,
        stages=config.stages[:1],
        start=Start("other", share=0.25),
        distillation=Distillation(weight=1.0, temperature=2.0),
    )
    pretrained, other = build_extractor(32), build_extractor(32)
    load_pretrained(pretrained, weights_data)
    (tmp_path / "other").mkdir()
    other.save(tmp_path / "other" / "extractor.keras")
    run = BackboneRun(config, *others, directory)

    start = run.start_extractor().get_weights()
    run.fit()
    (directory / "extractor.keras").unlink()
    written = os.stat(directory / "stage-0.weights.h5").st_mtime_ns
    run.fit()

    pairs = zip(pretrained.get_weights(), other.get_weights(), strict=True)
    for mean, (first, second) in zip(start, pairs, strict=True):
        np.testing.assert_allclose(mean, 0.75 * first + 0.25 * second, atol=1e-6)
    assert os.stat(directory / "stage-0.weights.h5").st_mtime_ns == written
    assert (directory / "extractor.keras").exists()


def test_a_run_without_stages_is_the_mean_of_two_others(arguments, tmp_path: Path):
    config, *others, directory = arguments
    mean_of = Start("second", share=0.25, rest="first")
    config = replace(config, stages=(), start=mean_of)
    networks = [build_extractor(32) for _ in range(2)]
    for name, network in zip(("first", "second"), networks, strict=True):
        (tmp_path / name).mkdir()
        network.save(tmp_path / name / "extractor.keras")
    run = BackboneRun(config, *others, directory)

    run.fit()

    pairs = zip(*(network.get_weights() for network in networks), strict=True)
    found = run.tuned_extractor().get_weights()
    for weights, (first, second) in zip(found, pairs, strict=True):
        np.testing.assert_allclose(weights, 0.75 * first + 0.25 * second, atol=1e-6)


def test_a_run_learns_from_all_at_once_in_less_precision(learning_from_all):
    directory = learning_from_all[-1]
    run = BackboneRun(*learning_from_all)

    accuracy = run.fit()

    extractor = run.tuned_extractor()
    assert {layer.compute_dtype for layer in extractor.layers} == {"float32"}
    assert {weight.dtype for weight in extractor.weights} == {"float32"}
    assert keras.config.dtype_policy().name == "float32"
    before, after = run.start_extractor().get_weights(), extractor.get_weights()
    assert any((b != a).any() for b, a in zip(before, after, strict=True))
    assert all(np.isfinite(weights).all() for weights in after)
    assert accuracy == json.loads((directory / "result.json").read_text())["top1"]
    config = json.loads((directory / "run.json").read_text())["config"]
    assert (config["head_units"], config["precision"]) == (16, "mixed_bfloat16")


@pytest.fixture
def two_ends(learning_from_all, tmp_path: Path) -> BackboneRun:
    config, *others, _ = learning_from_all
    config = replace(
        config, stages=(replace(config.stages[0], frozen_convolutions=17),),
        distillation=None, branches=Branches(8, 600),
    )  # fmt: skip
    run = BackboneRun(config, *others, tmp_path / "ends")
    run.fit()
    return run


def test_two_ends_are_made_once_and_one_is_tuned(two_ends):
    run, directory = two_ends, two_ends.directory
    made = (directory / "branched.keras").stat().st_mtime_ns
    start, extractor = run.start_extractor(), run.tuned_extractor()
    assert (directory / "branched.keras").stat().st_mtime_ns == made
    rows = run.rows["test"]
    before, after = run.features(start, rows), run.features(extractor, rows)
    np.testing.assert_allclose(after[:, :600], before[:, :600], atol=1e-5)
    assert np.abs(after - before)[:, 600:].max() > 1e-4
    channels = np.load(directory / "channels.npy")
    whole = keras.saving.load_model(directory.parent / "a/extractor.keras")
    theirs = run.features(whole, rows)[:, channels]
    np.testing.assert_allclose(before[:, 600:], theirs, rtol=1e-3, atol=1e-4)


def test_two_ends_go_on_with_all_layers(two_ends, learning_from_all):
    config, *others = learning_from_all
    config = replace(
        config,
        start=Start("ends", 1.0),
        stages=(replace(config.stages[0], frozen_convolutions=0),),
        precision=None,
        rounded=True,
    )
    run = BackboneRun(config, *others)

    run.fit()

    assert (two_ends.kept_features, run.kept_features) == (600, 600)
    before, after = two_ends.tuned_extractor(), run.tuned_extractor()
    for layer in ("conv1", "conv_pw_8", "conv_dw_9_kept", "conv_pw_13_tuned"):
        old, new = (one.get_layer(layer).get_weights()[0] for one in (before, after))
        assert np.abs(new - old).max() > 0, layer


def test_what_a_config_leaves_out_is_not_in_its_run(arguments):
    run = BackboneRun(*arguments)

    run._start()

    config = json.loads((arguments[-1] / "run.json").read_text())["config"]
    left_out = {"start", "distillation", "following", "head_units", "precision"}
    assert not left_out & config.keys()


def test_a_run_that_fails_leaves_the_process_its_precision(
    learning_from_all, monkeypatch: pytest.MonkeyPatch
):
    trained = []

    def fail(self, number, stage, model, progress) -> None:
        trained.append(model)
        raise OSError("no space left")

    monkeypatch.setattr(BackboneRun, "_train", fail)

    with pytest.raises(OSError, match="no space left"):
        BackboneRun(*learning_from_all).fit()

    assert keras.config.dtype_policy().name == "float32"
    (model,) = trained
    assert model.get_layer("extractor").get_layer("conv1").compute_dtype == "bfloat16"
    heads = ("photo_classifier", "hidden_units", "student", "follower")
    assert {model.get_layer(name).compute_dtype for name in heads} == {"float32"}


class Brightness:
    """Stands for an extractor: the mean colours of photos of their full size."""

    def __init__(self, bundle: Path) -> None:
        self.bundle = bundle

    def __call__(self, photos: np.ndarray) -> np.ndarray:
        assert photos.shape[1:] == (64, 64, 3) and photos.dtype == np.uint8
        return photos.mean(axis=(1, 2), dtype=np.float32)


def test_a_pruned_run_follows_an_extractor_on_smaller_photos(
    arguments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    config, pixels, *others, directory = arguments
    (tmp_path / "other").mkdir()
    pixels = pixels.repeat(2, axis=1).repeat(2, axis=2)
    whole = build_extractor(32)
    load_pretrained(whole, others[2])
    whole.save(tmp_path / "other" / "extractor.keras")
    monkeypatch.setattr(objective, "Followed", Brightness)
    config = replace(
        config,
        stages=config.stages[:1],
        start=Start("other", share=1.0),
        input_size=48,
        width=0.25,
        following=Following("everyday-178", weight=1.0),
    )
    run = BackboneRun(config, pixels, *others, directory)

    run.fit()

    extractor = run.tuned_extractor()
    assert extractor.input_shape == (None, 48, 48, 3)
    assert extractor.output_shape == (None, 1024)
    assert extractor.get_layer("conv_pw_6").filters == 128
    assert run.features(extractor, np.arange(3)).shape == (3, 1024)
    pruned = (directory / "pruned.keras").stat().st_mtime_ns
    assert run.start_extractor().count_params() == extractor.count_params()
    assert (directory / "pruned.keras").stat().st_mtime_ns == pruned


def test_a_pretrained_width_has_its_own_weights(arguments, tmp_path: Path):
    config, pixels, table, index, _, directory = arguments
    network = build_extractor(32, 0.75)
    made_for_javascript(network, tmp_path)
    config = replace(config, width=0.75)

    start = BackboneRun(config, pixels, table, index, tmp_path, directory)

    found = start.start_extractor()
    photos = pixels[:4] / 127.5 - 1
    np.testing.assert_allclose(found(photos), network(photos), atol=1e-4)
    assert found.output_shape == (None, 768)


def made_for_javascript(network: keras.Model, data: Path) -> None:
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


def kill_and_go_on(arguments: tuple, tmp_path: Path, moment: str) -> None:
    directory = arguments[-1]
    process = start(arguments, tmp_path)
    wait_for(directory / moment, process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (directory / "extractor.keras").exists()
    written = os.stat(directory / moment).st_mtime_ns

    assert start(arguments, tmp_path).wait() == 0

    assert os.stat(directory / moment).st_mtime_ns == written, "done work was redone"
    extractor = keras.saving.load_model(directory / "extractor.keras")
    assert np.isfinite(extractor(np.zeros((1, 32, 32, 3)))).all()


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["frozen_probe.npz", "stage-0.weights.h5"])
def test_a_killed_run_goes_on(arguments, tmp_path: Path, moment: str):
    kill_and_go_on(arguments, tmp_path, moment)


@pytest.mark.slow
def test_a_killed_run_that_learns_from_all_goes_on(learning_from_all, tmp_path: Path):
    config, *others = learning_from_all
    config = replace(config, stages=2 * config.stages)

    kill_and_go_on((config, *others), tmp_path, "stage-0.weights.h5")

    assert (others[-1] / "stage-1.weights.h5").exists()
