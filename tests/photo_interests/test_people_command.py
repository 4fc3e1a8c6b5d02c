"""Groups of people by the commands, with the real networks on drawn faces."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import photo_interests
from tests.photo_interests.analysis.drawn_scenes import clock, face

ROOT = Path(photo_interests.__file__).parent.parent


@pytest.fixture(scope="module")
def models(installed):
    return installed("identity").parent


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in (1, 2):
        face(400 + 20 * number).save(folder / f"face-{number}.png")
    clock().save(folder / "clock.png")
    return folder


@pytest.fixture
def run(models, tmp_path):
    def start(*arguments, answer=""):
        return subprocess.run(
            [sys.executable, "-m", "photo_interests", *map(str, arguments)],
            capture_output=True, text=True, timeout=300, input=answer,
            env={
                **os.environ, "COLUMNS": "100", "NO_COLOR": "1",
                "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path / "cache"),
            },
        )  # fmt: skip

    return start


def test_describe_groups_people_only_when_asked(run, models, photos, tmp_path):
    page, report = tmp_path / "page.html", tmp_path / "report.json"
    asked = run(
        "describe", photos, "--models", models, "--analyzers", "scene",
        "--group-people", "--json", report, "--html", page,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    content = json.loads(report.read_text())
    groups = {
        Path(one["path"]).name: [face["group"] for face in one["same_person"]]
        for one in content["photos"]
    }
    assert groups == {"face-1.png": [1], "face-2.png": [1], "clock.png": []}
    assert "embedding" not in report.read_text()
    assert "Person 1" in page.read_text() and "Person 1" in asked.stdout
    plain = run(
        "describe", photos, "--models", models, "--analyzers", "scene", "--json", "-"
    )
    assert plain.returncode == 0, plain.stderr
    assert "same_person" not in plain.stdout and "identity" not in plain.stdout
    assert not (tmp_path / "cache").exists()


def test_identity_is_no_analyzer_that_a_list_can_name(run, models, photos):
    done = run("describe", photos, "--models", models, "--analyzers", "identity")
    assert done.returncode == 2
    assert "faces, text, birds, insects, received identity" in done.stderr


def test_groups_that_are_kept(run, models, photos, tmp_path):
    kept = tmp_path / "cache" / "photo-interests" / "people"
    refused = run("people", "scan", photos, "--models", models)
    assert refused.returncode == 2 and "switched off" in refused.stderr

    asked = run("people", "on", answer="n\n")
    assert "biometric data" in asked.stdout and asked.returncode != 0
    assert not kept.exists()
    assert run("people", "on", answer="y\n").returncode == 0

    scanned = run("people", "scan", photos, "--models", models)
    assert scanned.returncode == 0, scanned.stderr
    listed = run("people", "list", "--models", models)
    (line,) = listed.stdout.splitlines()
    number, name, count, names = line.split("\t")
    assert (name, count, names) == ("-", "2", "face-1.png, face-2.png")

    assert run("people", "name", number, "Ada", "--models", models).returncode == 0
    shutil.copy(photos / "face-1.png", photos / "face-3.png")
    again = run("people", "scan", photos, "--models", models)
    assert again.returncode == 0, again.stderr
    listed = run("people", "list", "--models", models)
    assert f"{number}\tAda\t3\t" in listed.stdout

    split = run("people", "split", number, photos / "face-3.png", "--models", models)
    new = split.stdout.split()[-1]
    listed = run("people", "list", "--minimum", "1", "--models", models)
    assert f"{new}\t-\t1\tface-3.png" in listed.stdout
    assert run("people", "merge", number, new, "--models", models).returncode == 0
    assert run("people", "forget", number, "--models", models).returncode == 0
    assert run("people", "list", "--models", models).stdout == ""

    assert run("people", "off").returncode == 0
    assert not kept.exists()
    assert run("people", "list", "--models", models).returncode == 2
