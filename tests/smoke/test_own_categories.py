"""The commands of the guide for one's own categories, as they stand there."""

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


def guide_commands(root: Path) -> list[list[str]]:
    """The words of each command of the guide, up to its settings."""
    text = (root / "docs/guides/own-categories.md").read_text(encoding="utf-8")
    section = text.split("\n## ")[0]
    lines = [line[4:] for line in section.splitlines() if line.startswith("    ")]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [shlex.split(line) for line in joined if line.startswith("python -m ")]


@pytest.mark.slow
def test_own_categories_as_the_guide_says(
    album: Path, tmp_path: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch
):
    from export.__main__ import app as export_commands
    from training.__main__ import app as training_commands

    training = tmp_path / "training.json"
    training.write_text(json.dumps(ANSWERS))
    released = str(project_root / "models/everyday-178")
    stand_in = {
        "FOLDER": str(album),
        "own.json": str(training),
        # Fine-tuning takes minutes; the released extractor stands in for its own.
        "runs/own/extractors/backbone_two_cores": released,
    }
    packages = {"training": training_commands, "export": export_commands}
    monkeypatch.chdir(tmp_path)
    ran = []
    for python, _, package, command, *words in guide_commands(project_root):
        assert python == "python"
        if (package, command) in {("training", "backbone"), ("export", "extractor")}:
            continue
        arguments = [command, *(stand_in.get(word, word) for word in words)]
        monkeypatch.setattr(sys, "argv", [package, *arguments])
        result = CliRunner().invoke(packages[package], arguments)
        assert result.exit_code == 0, f"{arguments}: {result.output} {result.exception}"
        ran.append(command)

    assert ran == [
        "photos", "pixels", "features", "users", "aggregators", "bundle", "verify",
    ]  # fmt: skip
    card = json.loads((tmp_path / "runs/own/models/own/card.json").read_text())
    assert len(card["categories"]) == CLASSES
    steps = [step["kind"] for step in card["lineage"]["steps"]]
    assert steps == ["photos", "pixels", "features", "users", "aggregator"]
