"""Commands that README, pages, tables and measurements name exist, options too."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from training.experiments.tables import load_declarations

ROOT = Path(__file__).parents[2]
PROGRAM = re.compile(
    r"(?:python -m (?P<module>(?:training|export)[\w.]*)|(?P<tool>photo-interests))"
    r"(?P<rest>(?:[ \t]+(?!#)[^\s`|>]+)*)"
)
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "Makefile")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "training/experiments").rglob("README.md")),
]
MEASUREMENTS = [
    *sorted((ROOT / "docs/results").glob("*.json")),
    *sorted((ROOT / "docs/benchmarks").glob("*.json")),
]
ENVIRONMENT = {"COLUMNS": "200", "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
SHOW_HELP = """
import contextlib, io, json, runpy, sys
pages = {}
for program in json.load(sys.stdin):
    sys.argv = [*program.split(), "--help"]
    text, status = io.StringIO(), 0
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        try:
            runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        except SystemExit as stop:
            status = stop.code or 0
        except Exception as error:
            status = repr(error)
    pages[program] = status, text.getvalue()
json.dump(pages, sys.stdout)
"""
PASSED_ON = {"training release": "export release"}
"""Commands that hand their options to another one, whose help lists them."""
PLACEHOLDER = "training.experiments.NAME"


def commands_in(text: str) -> set[tuple[str, ...]]:
    """Program, subcommand and options of each command in a text."""
    found = set()
    for match in PROGRAM.finditer(text.replace("\\\n", " ")):
        words = match["rest"].split()
        first = [word for word in words[:1] if re.fullmatch(r"[a-z][a-z-]+", word)]
        options = sorted(w for w in words if re.fullmatch(r"--[a-z][a-z-]*", w))
        found.add((match["module"] or "photo_interests", *first, *options))
    return found


def all_commands() -> list[tuple[str, ...]]:
    texts = [page.read_text("utf-8") for page in PAGES]
    texts += load_declarations().commands.values()
    texts += [json.loads(path.read_text("utf-8"))["command"] for path in MEASUREMENTS]
    found = {command for text in texts for command in commands_in(text)}
    return sorted(command for command in found if command[0] != PLACEHOLDER)


def program_of(command: tuple[str, ...]) -> str:
    program = " ".join(word for word in command if not word.startswith("--"))
    return PASSED_ON.get(program, program)


@pytest.fixture(scope="module")
def help_pages() -> dict[str, tuple[object, str]]:
    """Exit status and help of every program, from one process: imports are slow."""
    programs = sorted({program_of(command) for command in all_commands()})
    shown = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SHOW_HELP], input=json.dumps(programs),
        cwd=ROOT, env={**os.environ, **ENVIRONMENT}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(shown.stdout)


def test_commands_are_found_with_their_options():
    text = "`python -m export verify X`:\n\n    photo-interests predict A \\\n  --top 5"
    assert commands_in(text) == {
        ("export", "verify"),
        ("photo_interests", "predict", "--top"),
    }


def test_targets_of_make_exist():
    named = {
        target
        for page in PAGES
        for target in re.findall(r"(?:^ {4}|`)make ([a-z-]+)", page.read_text(), re.M)
    }
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M)
    assert {"demo", "test", "docs"} <= named
    assert named <= set(targets)


@pytest.mark.slow
@pytest.mark.parametrize("command", all_commands(), ids=" ".join)
def test_the_command_exists_with_its_options(command, help_pages):
    status, text = help_pages[program_of(command)]
    assert status == 0, text
    missing = [
        word
        for word in command
        if word.startswith("--") and not re.search(rf"{word}\b", text)
    ]
    assert missing == [], text
