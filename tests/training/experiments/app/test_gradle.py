from pathlib import Path

import pytest

from training.experiments.app.gradle import run_gradle


def program(folder: Path, script: str) -> Path:
    path = folder / "gradle"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_measured_lines_are_collected(tmp_path: Path) -> None:
    gradle = program(
        tmp_path,
        'echo "> Task :app:$1"; echo "    measured: a start, ms: 15.6"\n'
        'echo "measured: $2: -3"; echo "not measured: 4"',
    )
    assert run_gradle(["x", "of y"], gradle) == {"a start, ms": 15.6, "of y": -3.0}


def test_a_failed_task_is_reported_with_its_last_words(tmp_path: Path) -> None:
    gradle = program(tmp_path, "echo 'measured: a: 1'; echo 'a test failed'; exit 1")
    with pytest.raises(ValueError, match=r"gradle measure: failed with\n(.|\n)*a test"):
        run_gradle(["measure"], gradle)


def test_a_task_that_measures_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected lines 'measured: what: value'"):
        run_gradle(["help"], program(tmp_path, "echo fine"))
