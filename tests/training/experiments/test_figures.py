"""The committed figures are those of the committed measurements."""

from pathlib import Path

from typer.testing import CliRunner

from training.experiments.figures import app


def test_the_committed_figures_are_drawn(project_root: Path, tmp_path: Path) -> None:
    source = project_root / "docs" / "results"
    arguments = ["--from", str(source), "--out", str(tmp_path / "figures")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.exception
    committed = project_root / "docs" / "figures"
    drawn = {path.name: path.read_bytes() for path in (tmp_path / "figures").iterdir()}
    assert drawn == {path.name: path.read_bytes() for path in committed.iterdir()}
