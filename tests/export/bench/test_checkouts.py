"""`predict` of this checkout is timed against that of another one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.photo_interests.drawn import four_corners
from training.reports.measurement import Measurement


@pytest.mark.slow
def test_both_checkouts_are_timed_in_turns(project_root: Path, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(2):
        four_corners(64 + number, 48).save(photos / f"{number}.png")
    # A process of its own, since it takes over those that their parents leave.
    command = [sys.executable, "-m", "export.bench.checkouts", project_root, photos]
    options = ["--out", tmp_path, "--turns", "1"]
    done = subprocess.run(
        [*command, *options], cwd=project_root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    values = Measurement.load(tmp_path / "predict-before-damaged-files.json").values
    assert values["photos"] == 2
    for name in ("wall_clock", "processor"):
        assert values[name]["turns"] == 1
        assert values[name]["milliseconds"] > 0
        assert values[name]["reference_milliseconds"] > 0
        assert name in done.stdout
