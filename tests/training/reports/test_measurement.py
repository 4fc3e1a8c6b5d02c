import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from training.reports.measurement import (
    Measurement,
    measuring,
    peak_memory_bytes,
    running_command,
)


def test_a_stage_leaves_its_time_memory_and_values(tmp_path: Path) -> None:
    with measuring("stage", tmp_path, "make stage") as values:
        values["answer"] = 42
    measurement = Measurement.load(tmp_path / "stage.json")
    assert measurement.command == "make stage"
    assert measurement.seconds >= 0
    assert measurement.peak_memory_bytes > 10 * 2**20
    assert measurement.cores >= 1
    assert measurement.values == {"answer": 42}


def test_a_failed_stage_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="broken"):
        with measuring("stage", tmp_path):
            raise RuntimeError("broken")
    assert not list(tmp_path.iterdir())


def test_a_failed_stage_leaves_the_old_measurement(tmp_path: Path) -> None:
    with measuring("stage", tmp_path, "old"):
        pass
    with pytest.raises(ValueError), measuring("stage", tmp_path, "new") as values:
        values["loss"] = float("nan")
    assert Measurement.load(tmp_path / "stage.json").command == "old"


def test_memory_taken_is_seen(tmp_path: Path) -> None:
    """In a process of its own, since a peak never falls; not that of its parent."""
    burden = np.ones(60_000_000)
    program = """
import sys
import numpy as np
from training.reports.measurement import peak_memory_bytes
before = peak_memory_bytes()
np.ones(40_000_000)
print(peak_memory_bytes() - before)
"""
    grown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert burden.any()
    assert 250e6 < int(grown.stdout) < 500e6  # 40 million float64


def test_the_peak_is_in_bytes() -> None:
    assert 2**24 < peak_memory_bytes() < 2**37


def test_numbers_are_rounded_to_what_they_are_worth(tmp_path: Path) -> None:
    values = {"small": 1.23456789e-7, "list": [0.123456789, 7], "k": {5: 1.0}}
    Measurement("stage", "x", 1.0, 1, 2, values).save(tmp_path)
    loaded = Measurement.load(tmp_path / "stage.json")
    assert loaded.values == {
        "small": 1.23457e-7,
        "list": [0.123457, 7],
        "k": {"5": 1.0},
    }
    path = loaded.save(tmp_path / "again")
    assert path.read_bytes() == (tmp_path / "stage.json").read_bytes()


@pytest.mark.parametrize("change", [{"extra": 1}, {"name": "other"}])
def test_a_strange_file_is_refused(tmp_path: Path, change: dict) -> None:
    path = Measurement("stage", "x", 1.0, 1, 2).save(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ValueError, match=r"stage\.json: expected"):
        Measurement.load(path)


def test_the_command_shows_no_folder_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = [
        str(tmp_path / "training" / "__main__.py"),
        "users",
        str(tmp_path / "runs"),
        "--data=/somewhere/else/data",
        "--seed",
        "3",
        "two words",
    ]
    assert running_command(arguments) == (
        "python -m training users runs --data=data --seed 3 'two words'"
    )
    assert running_command(["/usr/bin/photo-interests", "x"]) == "photo-interests x"


def test_the_command_names_a_package_within_packages(tmp_path: Path) -> None:
    inner = tmp_path / "training" / "experiments" / "adapter"
    inner.mkdir(parents=True)
    for folder in (inner, inner.parent, inner.parents[1]):
        (folder / "__init__.py").touch()
    assert running_command([str(inner / "__main__.py"), "--threads", "1"]) == (
        "python -m training.experiments.adapter --threads 1"
    )
    assert running_command([str(inner.parent / "tables_again.py"), "--quick"]) == (
        "python -m training.experiments.tables_again --quick"
    )


def test_numpy_numbers_must_be_made_plain(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        Measurement("stage", "x", 1.0, 1, 2, {"n": np.int64(3)}).save(tmp_path)
