"""Commands that need no photos: what they write has the form of what is committed."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from training.experiments.everyday_galleries import __main__ as commands
from training.experiments.everyday_galleries import (
    quantised,
    scene_variants,
    tried_commands,
)

COMMITTED = commands.HERE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands write; one gallery of each type of owner and size."""
    for module in (commands, tried_commands):
        monkeypatch.setattr(module, "HERE", tmp_path)
        monkeypatch.setattr(module, "DRAWS", 1)
    monkeypatch.setattr(commands, "LARGE_DRAWS", 1)
    monkeypatch.setattr(commands, "SHORT_DRAWS", 1)
    monkeypatch.setattr(commands, "VARIANTS_FILE", tmp_path / "variants.json")
    monkeypatch.setattr(quantised, "DRAWS", 1)
    return tmp_path


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(commands.app, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def _results(name: str, folder: Path) -> list[dict[str, Any]]:
    """Read what a command wrote, and what is committed."""
    files = (place / f"{name}.json" for place in (folder, COMMITTED))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def _same(found: object, committed: object) -> None:
    if isinstance(committed, dict):
        assert isinstance(found, dict) and set(found) == set(committed)
        for key, value in committed.items():
            _same(found[key], value)
    elif isinstance(committed, list):
        assert isinstance(found, list) and len(found) == len(committed)
        for one, other in zip(found, committed, strict=True):
            _same(one, other)
    elif isinstance(committed, float):
        assert found == pytest.approx(committed, abs=2e-3)
    else:
        assert found == committed


@pytest.mark.slow
@pytest.mark.parametrize("name", ["halves", "imagenet"])
def test_what_draws_no_galleries_is_what_is_committed(name: str, folder: Path) -> None:
    _run(name)
    found, committed = _results(name, folder)
    _same(found, committed)


@pytest.mark.slow
def test_scenes_are_compared_by_the_committed_cross_entropies(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("none", "sum (chosen)")
    chosen = {name: scene_variants.VARIANTS[name] for name in names}
    monkeypatch.setattr(scene_variants, "VARIANTS", chosen)
    assert "sum (chosen): cross-entropy" in _run("scenes")
    found, committed = _results("scenes", folder)
    assert tuple(found) == names
    for name, one in found.items():
        exact = committed[name]["cross_entropy"]
        assert one["cross_entropy"] == pytest.approx(exact, abs=1e-4)
        assert set(one["small"]) == set(committed[name]["small"])


@pytest.mark.slow
def test_ways_of_pooling_are_those_that_are_committed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {"best photo": commands.VARIANTS["best photo"]}
    monkeypatch.setattr(commands, "VARIANTS", chosen)
    _run("variants")
    found, committed = _results("variants", folder)
    assert list(found) == ["additive (chosen)", "best photo"]
    assert all(set(committed[name]) == set(one) for name, one in found.items())


def test_int8_is_compared_on_as_many_galleries_as_are_drawn(folder: Path) -> None:
    assert "galleries 9.000" in _run("quantised")
    found, committed = _results("quantised", folder)
    assert set(found) == set(committed)


@pytest.mark.slow
def test_the_short_evaluation_prints_both_systems(folder: Path) -> None:
    lines = _run("evaluate", "--short").splitlines()
    assert [line.split("  ")[0].strip() for line in lines] == [
        "everyday-1105", "repetition, small", "repetition, large",
    ]  # fmt: skip
    assert not list(folder.iterdir())
