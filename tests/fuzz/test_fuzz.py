"""Fuzzing by coverage, for seconds in every run and for minutes in `make test-long`."""

import os
import subprocess
import sys

import pytest

TARGETS = ("photo", "video", "table", "catalogue", "card")


@pytest.mark.slow
@pytest.mark.needs_atheris
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("seconds", [5, pytest.param(300, marks=pytest.mark.long)])
def test_nothing_unexpected(target, seconds, tmp_path, project_root):
    command = [sys.executable, "-m", "tests.fuzz.targets", target, str(seconds)]
    done = subprocess.run(
        [*command, str(tmp_path)],
        cwd=project_root,
        capture_output=True,
        text=True,
        errors="replace",
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    found = [path.name for path in tmp_path.iterdir() if "found-" in path.name]
    assert done.returncode == 0 and not found, done.stderr[-4000:]
