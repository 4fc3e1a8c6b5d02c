"""The Python examples of README and pages run as they are printed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import photo_interests

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
EXAMPLES = [
    pytest.param(block, id=f"{page.relative_to(ROOT)}-{number}")
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for number, block in enumerate(BLOCK.findall(page.read_text("utf-8")))
]


@pytest.fixture
def folder(tmp_path):
    """The photos and products that the examples name: pictures drawn by code."""
    drawn = sorted((ROOT / "models" / "everyday" / "golden").glob("*.jpg"))
    for name in ("Pictures", "shop"):
        (tmp_path / name).mkdir()
        for picture in drawn:
            shutil.copy(picture, tmp_path / name)
    shutil.copy(drawn[0].with_name("tiny.png"), tmp_path / "scan.png")
    return tmp_path


def test_every_public_name_is_documented():
    page = (ROOT / "docs" / "guides" / "python-api.md").read_text("utf-8")
    missing = [name for name in photo_interests.__all__ if f"`{name}" not in page]
    assert missing == []


def test_pages_have_examples():
    assert len(EXAMPLES) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_runs_and_prints_interests(example, folder):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    if "shop.catalogue" in example:
        command = ["catalogue", "shop", "--out", "shop.catalogue"]
        made = _run(["-m", "photo_interests", *command], folder, environment)
        assert made.returncode == 0, made.stderr
    # Drawn pictures show no interest: with the threshold at 0 the loops still run.
    example = re.sub(
        r"interests\((threshold=[\d.]+, )?", "interests(threshold=0, ", example
    )
    (folder / "example.py").write_text(example, encoding="utf-8")
    shown = _run(["example.py"], folder, environment)
    assert shown.returncode == 0, shown.stderr
    assert len(shown.stdout.splitlines()) >= 4


def _run(
    arguments: list[str], folder: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
