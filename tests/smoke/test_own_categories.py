"""The commands that README gives for one's own categories, as they stand there."""

import colorsys
import json
import shlex
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

CLASSES = 11
PHOTOS_A_CLASS = 24
ANSWERS = {
    "summary": "A test.",
    "photos": {"train": 1, "validation": 1, "test": 1},
    "sources": [{"name": "drawn", "license": "CC0-1.0", "attribution": "here"}],
    "commands": ["pytest"],
    "config": "none",
}


@pytest.fixture
def album(tmp_path: Path, draw_album) -> Path:
    colours = {
        f"colour_{i}": tuple(
            int(255 * part) for part in colorsys.hsv_to_rgb(i / CLASSES, 0.9, 0.9)
        )
        for i in range(CLASSES)
    }
    draw_album(tmp_path / "album", {**colours, "none": (128, 128, 128)}, PHOTOS_A_CLASS)
    return tmp_path / "album"


def readme_commands(root: Path) -> list[list[str]]:
    """The words of each command of the section."""
    text = (root / "README.md").read_text(encoding="utf-8")
    section = text.split("### Your own categories\n")[1].split("\n#")[0]
    lines = [line[4:] for line in section.splitlines() if line.startswith("    ")]
    commands = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [shlex.split(command) for command in commands]


@pytest.mark.slow
def test_own_categories_as_readme_says(
    album: Path, tmp_path: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch
):
    from export.__main__ import app as export_commands
    from training.__main__ import app as training_commands

    training = tmp_path / "training.json"
    training.write_text(json.dumps(ANSWERS))
    released = str(project_root / "models/everyday-178")
    stand_in = {
        "FOLDER": str(album),
        "YOUR.json": str(training),
        # Fine-tuning takes minutes; the released extractor stands in for its own.
        "runs/own/extractors/backbone_two_cores": released,
    }
    packages = {"training": training_commands, "export": export_commands}
    monkeypatch.chdir(tmp_path)
    ran = []
    for python, _, package, command, *words in readme_commands(project_root):
        assert python == ".venv/bin/python"
        if (package, command) in {("training", "backbone"), ("export", "extractor")}:
            continue
        arguments = [command, *(stand_in.get(word, word) for word in words)]
        monkeypatch.setattr(sys, "argv", [package, *arguments])
        result = CliRunner().invoke(packages[package], arguments)
        assert result.exit_code == 0, f"{arguments}: {result.output} {result.exception}"
        ran.append(command)

    assert ran == ["photos", "pixels", "features", "users", "aggregators", "bundle"]
    card = json.loads((tmp_path / "runs/own/models/own/card.json").read_text())
    assert len(card["categories"]) == CLASSES
    steps = [step["kind"] for step in card["lineage"]["steps"]]
    assert steps == ["photos", "pixels", "features", "users", "aggregator"]
