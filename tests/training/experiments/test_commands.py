"""Every experiment has a README with question, answer and command, and a --help."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "training" / "experiments"
EXPERIMENTS = sorted(path.parent.name for path in FOLDER.glob("*/__main__.py"))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_readme_has_question_answer_and_command(name: str) -> None:
    text = (FOLDER / name / "README.md").read_text(encoding="utf-8")
    assert "**Question.**" in text and "**Answer" in text
    assert f"python -m training.experiments.{name}" in text


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_help_is_shown_without_tensorflow(name: str) -> None:
    code = (
        f"import sys; sys.argv = ['{name}', '--help']\n"
        "import runpy\n"
        f"try: runpy.run_module('training.experiments.{name}', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "assert 'tensorflow' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=FOLDER.parents[1],
    )
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout
