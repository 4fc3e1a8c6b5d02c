"""`python -m export.bench` goes on where it was stopped, and ends with pages."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from export.bench.commands import app
from export.bench.parts import PARTS


def _all(folder: Path, *more: str) -> str:
    arguments = ["all", "--runs", folder / "runs", "--out", folder / "out"]
    arguments += ["--docs", folder / "docs", *more]
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_parts_that_are_measured_are_not_measured_again(
    project_root: Path, tmp_path: Path
) -> None:
    shutil.copytree(project_root / "docs" / "benchmarks", tmp_path / "runs")
    # At most the machine is described again, which takes a second.
    (tmp_path / "runs" / "machine.json").unlink()
    told = _all(tmp_path, "--quick")
    assert f"1 of {len(PARTS)}: machine" in told and "extractors" not in told
    assert {path.stem for path in (tmp_path / "out").iterdir()} == set(PARTS)
    assert (tmp_path / "docs" / "BENCHMARKS.md").is_file()
    assert not (tmp_path / "runs").exists(), "the next bench starts afresh"


@pytest.mark.long
def test_every_part_runs(tmp_path: Path) -> None:
    told = _all(tmp_path, "--quick")
    assert all(name in told for name in PARTS)
    assert (tmp_path / "docs" / "SCALE.md").is_file()
