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

from training.backbone.config import (
    DistillationLoss,
    DualBranch,
    FeatureDistillationLoss,
    FromRun,
    LabelLoss,
    MeanOfRuns,
    Stage,
)
from training.backbone.fit import BackboneRun
from training.backbone.stage_trainer import StageTrainer
from training.runs import RECORD, Record

INDEX = {"a": 0, "b": 1, "c": 2}
TRAIN = """
import pickle, sys
from training.backbone.fit import BackboneRun
BackboneRun(*pickle.load(open(sys.argv[1], "rb"))).fit()
"""


@pytest.fixture
def arguments(small_config, coloured_photos, weights_data, tmp_path: Path):
    pixels, table = coloured_photos
    return (small_config, pixels, table, INDEX, weights_data, tmp_path / "runs")


def finish(runs: Path, name: str, network: keras.Model) -> None:
    """Put a network where a finished run of that name has its own."""
    (runs / name).mkdir(parents=True, exist_ok=True)
    network.save(runs / name / "extractor.keras")


@pytest.fixture
def with_every_loss(arguments, extractor) -> tuple:
    """Arguments of a run that starts from two others and has every loss."""
    config, pixels, *others = arguments
    for name in ("a", "b"):
        finish(others[-1], name, extractor)
    size = config.stages[0].crop_size
    config = replace(
        config,
        stages=(Stage(11, epochs=1, learning_rate=1e-4, crop_size=size, decay=True),),
        init=MeanOfRuns("a", 0.5, other="b"),
        losses=(
            LabelLoss(hidden_units=16),
            DistillationLoss(1.0, 2.0),
            FeatureDistillationLoss("everyday-178", weight=3.0),
        ),
        precision="mixed_bfloat16",
        input_size=size,
    )
    pixels = pixels.repeat(7, axis=1).repeat(7, axis=2)  # the size of everyday-178
    return (config, pixels, *others)


def start(arguments: tuple, tmp_path: Path) -> subprocess.Popen:
    pickled = tmp_path / "arguments.pickle"
    pickled.write_bytes(pickle.dumps(arguments))
    return subprocess.Popen([sys.executable, "-c", TRAIN, pickled])


def wait_for(path: Path, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 600
    while not path.exists():
        assert process.poll() is None, "training ended before it was killed"
        assert time.monotonic() < deadline, f"{path} never appeared"
        time.sleep(0.02)


def test_a_run_learns_colours_and_leaves_an_extractor(arguments):
    run = BackboneRun(*arguments)

    accuracy = run.fit()

    extractor = keras.saving.load_model(arguments[-1] / "small/extractor.keras")
    assert extractor.output_shape == (None, 1024)
    assert accuracy["tuned_probe_test"] == 1.0
    record = Record.load(run.directory)
    assert record.values["top1"] == accuracy
    assert record.config["name"] == "small"
    assert {"pixels", "photos", "pretrained 1.0"} <= record.inputs.keys()
    assert list((run.directory / "board").rglob("events*")), "no TensorBoard log"
    assert not run.run.scratch.exists()


def test_a_distilled_run_starts_between_two_and_is_reused_when_finished(
    arguments, extractor
):
    config, *others, runs = arguments
    other = keras.models.clone_model(extractor)
    finish(runs, "other", other)
    config = replace(
        config,
        stages=config.stages[:1],
        init=MeanOfRuns("other", share=0.25),
        losses=(LabelLoss(), DistillationLoss(weight=1.0, temperature=2.0)),
    )
    run = BackboneRun(config, *others, runs)

    accuracy = run.fit()
    written = (run.directory / RECORD).stat().st_mtime_ns
    again = BackboneRun(config, *others, runs).fit()

    pairs = zip(extractor.get_weights(), other.get_weights(), strict=True)
    found = run.initial_extractor().get_weights()
    for mean, (first, second) in zip(found, pairs, strict=True):
        np.testing.assert_allclose(mean, 0.75 * first + 0.25 * second, atol=1e-6)
    assert again == accuracy
    assert (run.directory / RECORD).stat().st_mtime_ns == written


def test_a_changed_start_pixels_or_config_computes_elsewhere_and_deletes_nothing(
    arguments, extractor
):
    config, pixels, *others, runs = arguments
    finish(runs, "other", extractor)
    config = replace(config, stages=(), losses=(), init=FromRun("other"))
    first = BackboneRun(config, pixels, *others, runs)
    first.fit()

    darker = BackboneRun(config, pixels // 2, *others, runs)
    darker.fit()
    larger = BackboneRun(replace(config, input_size=48), pixels, *others, runs)
    larger.fit()
    weights = [0.5 * weight for weight in extractor.get_weights()]
    extractor.set_weights(weights)
    finish(runs, "other", extractor)
    retrained = BackboneRun(config, pixels, *others, runs)
    retrained.fit()

    every = [run.directory for run in (first, darker, larger, retrained)]
    assert len(set(every)) == 4
    assert all((folder / "extractor.keras").is_file() for folder in every)
    assert (runs / "small").resolve() == retrained.directory
    found = retrained.tuned_extractor().get_weights()
    for one, other in zip(found, weights, strict=True):
        np.testing.assert_array_equal(one, other)


def test_another_teacher_extractor_computes_elsewhere(with_every_loss):
    config, *others = with_every_loss
    losses = (LabelLoss(), FeatureDistillationLoss("everyday-178-fast", weight=3.0))

    one, other = (
        BackboneRun(changed, *others).run.inputs["teacher extractor"]
        for changed in (config, replace(config, losses=losses))
    )

    assert one != other


def test_a_run_names_the_run_that_it_lacks(arguments):
    config, *others = arguments
    run = BackboneRun(replace(config, init=FromRun("absent")), *others)

    with pytest.raises(ValueError, match="small: expected the finished run absent at"):
        run.fit()


def test_a_run_without_stages_is_the_mean_of_two_others(arguments, extractor):
    config, *others, runs = arguments
    mean_of = MeanOfRuns("second", share=0.25, other="first")
    config = replace(config, stages=(), losses=(), init=mean_of)
    networks = [extractor, keras.models.clone_model(extractor)]
    for name, network in zip(("first", "second"), networks, strict=True):
        finish(runs, name, network)
    run = BackboneRun(config, *others, runs)

    run.fit()

    pairs = zip(*(network.get_weights() for network in networks), strict=True)
    found = run.tuned_extractor().get_weights()
    for weights, (first, second) in zip(found, pairs, strict=True):
        np.testing.assert_allclose(weights, 0.75 * first + 0.25 * second, atol=1e-6)


def test_a_run_minimises_all_losses_in_less_precision(with_every_loss):
    run = BackboneRun(*with_every_loss)

    run.fit()

    extractor = run.tuned_extractor()
    assert {layer.compute_dtype for layer in extractor.layers} == {"float32"}
    assert {weight.dtype for weight in extractor.weights} == {"float32"}
    assert keras.config.dtype_policy().name == "float32"
    before, after = run.initial_extractor().get_weights(), extractor.get_weights()
    assert any((b != a).any() for b, a in zip(before, after, strict=True))
    assert all(np.isfinite(weights).all() for weights in after)


@pytest.fixture
def dual_branch(with_every_loss) -> BackboneRun:
    config, *others = with_every_loss
    labels, _, features = config.losses
    config = replace(
        config,
        name="branches",
        stages=(replace(config.stages[0], frozen_convolutions=17),),
        losses=(labels, features),
        init=DualBranch("a", shared_blocks=8, teacher_features=600),
    )
    run = BackboneRun(config, *others)
    run.fit()
    return run


def test_a_dual_branch_is_initialised_once_and_its_task_branch_tuned(dual_branch):
    run, directory = dual_branch, dual_branch.directory
    stored = (directory / "init.keras").stat().st_mtime_ns
    initial, extractor = run.initial_extractor(), run.tuned_extractor()
    assert (directory / "init.keras").stat().st_mtime_ns == stored
    rows = run.rows["test"]
    before, after = run.features(initial, rows), run.features(extractor, rows)
    np.testing.assert_allclose(after[:, :600], before[:, :600], atol=1e-5)
    assert np.abs(after - before)[:, 600:].max() > 1e-4
    channels = np.load(directory / "channels.npy")
    task = keras.saving.load_model(directory.parent / "a/extractor.keras")
    expected = run.features(task, rows)[:, channels]
    np.testing.assert_allclose(before[:, 600:], expected, rtol=1e-3, atol=1e-4)


def test_a_dual_branch_run_continues_with_all_layers(dual_branch, with_every_loss):
    config, *others = with_every_loss
    config = replace(
        config,
        init=FromRun("branches"),
        stages=(replace(config.stages[0], frozen_convolutions=0),),
        precision=None,
        quantization_aware=True,
    )
    run = BackboneRun(config, *others)

    run.fit()

    assert (dual_branch.teacher_features, run.teacher_features) == (600, 600)
    before, after = dual_branch.tuned_extractor(), run.tuned_extractor()
    for layer in ("conv1", "conv_pw_8", "conv_dw_9_kept", "conv_pw_13_tuned"):
        old, new = (one.get_layer(layer).get_weights()[0] for one in (before, after))
        assert np.abs(new - old).max() > 0, layer


def test_a_run_that_fails_leaves_the_process_its_precision(
    with_every_loss, monkeypatch: pytest.MonkeyPatch
):
    trained = []

    def fail(self, number, stage, model) -> None:
        trained.append(model)
        raise OSError("no space left")

    monkeypatch.setattr(StageTrainer, "_fit", fail)

    with pytest.raises(OSError, match="no space left"):
        BackboneRun(*with_every_loss).fit()

    assert keras.config.dtype_policy().name == "float32"
    (model,) = trained
    assert model.get_layer("extractor").get_layer("conv1").compute_dtype == "bfloat16"
    heads = ("photo_classifier", "hidden_units", "student", "feature_map")
    assert {model.get_layer(name).compute_dtype for name in heads} == {"float32"}


def test_a_pruned_run_distils_an_extractor_on_smaller_photos(with_every_loss):
    config, *others = with_every_loss
    config = replace(
        config,
        init=FromRun("a", pruned_width=0.25),
        losses=(LabelLoss(), FeatureDistillationLoss("everyday-178", weight=1.0)),
        precision=None,
        input_size=48,
    )
    run = BackboneRun(config, *others)

    run.fit()

    extractor = run.tuned_extractor()
    assert extractor.input_shape == (None, 48, 48, 3)
    assert extractor.output_shape == (None, 1024)
    assert extractor.get_layer("conv_pw_6").filters == 128
    assert run.features(extractor, np.arange(3)).shape == (3, 1024)
    pruned = (run.directory / "init.keras").stat().st_mtime_ns
    assert run.initial_extractor().count_params() == extractor.count_params()
    assert (run.directory / "init.keras").stat().st_mtime_ns == pruned


def kill_and_resume(arguments: tuple, tmp_path: Path, moment: str) -> None:
    run = BackboneRun(*arguments)
    process = start(arguments, tmp_path)
    wait_for(run.directory / moment, process)
    written = (run.directory / moment).stat().st_mtime_ns
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not run.run.finished
    left = sorted(path.name for path in run.run.scratch.iterdir())

    assert start(arguments, tmp_path).wait() == 0

    assert run.run.finished, f"resumed from {left}"
    if moment == "frozen_probe.npz":  # kept when the run is finished
        assert (run.directory / moment).stat().st_mtime_ns == written, "redone"
    extractor = run.tuned_extractor()
    assert np.isfinite(extractor(np.zeros((1, 32, 32, 3)))).all()


@pytest.mark.slow
@pytest.mark.parametrize(
    "moment", ["frozen_probe.npz", "unfinished/stage-0.weights.h5"]
)
def test_a_killed_run_resumes(arguments, tmp_path: Path, moment: str):
    kill_and_resume(arguments, tmp_path, moment)


def test_a_killed_run_does_not_train_a_finished_stage_again(
    arguments, monkeypatch: pytest.MonkeyPatch
):
    trained: list[int] = []
    fit = StageTrainer._fit

    def stop_after_the_first(self, number, *others) -> None:
        if number and not trained[1:]:
            trained.append(-1)
            raise KeyboardInterrupt
        trained.append(number)
        fit(self, number, *others)

    monkeypatch.setattr(StageTrainer, "_fit", stop_after_the_first)
    with pytest.raises(KeyboardInterrupt):
        BackboneRun(*arguments).fit()

    BackboneRun(*arguments).fit()

    assert trained == [0, -1, 1]


@pytest.mark.slow
def test_a_killed_run_with_every_loss_resumes(with_every_loss, tmp_path: Path):
    config, *others = with_every_loss
    config = replace(config, stages=2 * config.stages)

    kill_and_resume((config, *others), tmp_path, "unfinished/stage-0.weights.h5")
