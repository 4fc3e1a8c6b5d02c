import json
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import keras
import numpy as np
import pytest

from training.backbone.fit import BackboneRun

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


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["frozen_probe.npz", "stage-0.weights.h5"])
def test_a_killed_run_goes_on(arguments, tmp_path: Path, moment: str):
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
