import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from export.__main__ import app
from training.runs import Record, sha256_of

# Keras 3.15 saves weights by a call that NumPy 2.4 deprecates.
pytestmark = pytest.mark.filterwarnings(
    "ignore:__array__ implementation doesn't accept a copy:DeprecationWarning"
)
runner = CliRunner(env={"COLUMNS": "160"})


def run(*arguments):
    return runner.invoke(app, [str(item) for item in arguments])


@pytest.mark.parametrize(
    "command", ["extractor", "aggregators", "bundle", "verify", "benchmark", "release"]
)
def test_help_teaches_every_command(command):
    assert command in run("--help").output
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 8


def workspace(folder, keras_extractor, photos, splits):
    """A fine-tuned extractor with its packed photos, as the steps before leave them."""
    for name in ("backbone/small", "photos", "pixels"):
        (folder / name).mkdir(parents=True)
    keras_extractor.save(folder / "backbone" / "small" / "extractor.keras")
    np.save(folder / "pixels" / "pixels.npy", photos)
    table = pd.DataFrame({"split": splits})
    table.to_parquet(folder / "photos" / "photos.parquet")


def test_extractor(keras_extractor, photos, tmp_path):
    workspace(tmp_path, keras_extractor, photos, ["train"] * 20 + ["test"] * 4)
    result = run("extractor", "small", "--runs", tmp_path, "--calibration", 8)
    assert result.exit_code == 0, result.output
    folder = tmp_path / "extractors" / "small"
    record = Record.load(folder)
    assert record.config["calibration_photos"] == 8 and record.values["photos"] == 4
    assert record.sha256 == sha256_of(folder / "extractor.tflite")
    assert (folder / "extractor.tflite").stat().st_size > 300_000


def test_a_table_of_other_photos(keras_extractor, photos, tmp_path):
    workspace(tmp_path, keras_extractor, photos, ["train"])
    result = run("extractor", "small", "--runs", tmp_path)
    assert result.exit_code == 1
    assert "expected 24 photos" in str(result.exception)


def test_a_backbone_that_is_not_trained_is_named(tmp_path):
    result = run("extractor", "small", "--runs", tmp_path)
    assert "run `python -m training backbone small` first" in str(result.exception)


def test_aggregator_and_bundle(
    released, aggregators, drawn_set, save_trained, tmp_path
):
    drawn_set.save(tmp_path / "features")
    path = save_trained(tmp_path / "average", aggregators["average"])
    result = run(
        *("aggregators", path.parent, "--runs", tmp_path),
        *("--features", tmp_path / "features", "--out", tmp_path / "alone"),
    )
    assert result.exit_code == 0, result.output
    assert (tmp_path / "alone" / "average" / "aggregator.tflite").is_file()
    measured = json.loads((tmp_path / "results/aggregator-parity.json").read_text())
    proof = measured["values"]["aggregators"]["average"]
    assert set(proof["errors"]) == {"1", "2", "5", "40", "500", "4096"}
    result = run(
        *("bundle", "second", "--version", "0.1.0"),
        *("--extractor", released, "--aggregator", path),
        *("--features", tmp_path / "features", "--out", tmp_path / "models"),
        *("--runs", tmp_path),
    )
    assert result.exit_code == 0, result.output
    assert run("verify", tmp_path / "models" / "second").exit_code == 0


def test_verify_says_what_failed(bundle):
    assert run("verify", bundle).exit_code == 0
    (bundle / "labels.txt").write_text("nothing\n")
    result = run("verify", bundle)
    assert result.exit_code == 1
    assert "FAILED" in result.output and "labels.txt" in result.output


def test_benchmark_of_a_file_with_itself(released, tmp_path):
    path = released / "extractor.tflite"
    result = run("benchmark", path, path, "--repeats", 5, "--runs", tmp_path)
    assert result.exit_code == 0
    assert "ratio" in result.output
