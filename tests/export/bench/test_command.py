"""`python -m export.bench`: every part runs and writes its measurement."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from export.bench import command

app = typer.Typer()
app.command()(command.bench)


def test_a_part_writes_what_it_measured(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["machine", "--out", str(tmp_path), "--quick"])
    assert result.exit_code == 0, result.output
    values = json.loads((tmp_path / "machine.json").read_text())["values"]
    assert values["cores"] > 0 and values["float_macs_per_second"] > 0


def test_an_unknown_part_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["other", "--out", str(tmp_path)])
    assert isinstance(result.exception, ValueError)
    assert "received ['other']" in str(result.exception)
    assert not list(tmp_path.iterdir())


@pytest.mark.long
def test_every_part_runs(project_root: Path, tmp_path: Path) -> None:
    command_line = [sys.executable, "-m", "export.bench", "--quick", "--out"]
    subprocess.run([*command_line, str(tmp_path)], check=True, cwd=project_root)
    assert {path.stem for path in tmp_path.iterdir()} == set(command.PARTS)
