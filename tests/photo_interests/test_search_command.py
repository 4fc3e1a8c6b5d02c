import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import photo_interests
from tests.photo_interests.analysis.drawn_scenes import clock, face

ROOT = Path(photo_interests.__file__).parent.parent


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    face().save(folder / "face.png")
    clock().save(folder / "clock.png")
    (folder / "broken.jpg").write_bytes(b"broken")
    return folder


def run(tmp_path, *arguments):
    return subprocess.run(
        [
            sys.executable, "-m", "photo_interests", "search",
            "--models", str(tmp_path / "none"), "--analyzers", "scene",
            *map(str, arguments),
        ],
        capture_output=True, text=True, timeout=300,
        env={
            **os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)
        },
    )  # fmt: skip


@pytest.mark.parametrize("query", ["wall clock", "Wanduhren"])
def test_photos_by_words_of_two_languages(tmp_path, photos, query):
    done = run(tmp_path, photos, query, "--json", "-")
    assert done.returncode == 1 and "2 files read, 1 skipped" in done.stderr
    content = json.loads(done.stdout)
    assert content["query"] == query
    assert Path(content["photos"][0]["path"]).name == "clock.png"
    assert content["photos"][0]["reason"] == "Wall clocks"
    assert [Path(one["path"]).name for one in content["skipped"]] == ["broken.jpg"]


def test_the_table_says_why(tmp_path, photos):
    done = run(tmp_path, photos, "clock", "--language", "de", "--top", "1")
    assert "clock.png" in done.stdout and "Passt durch" in done.stdout
    assert "1 von 2 Fotos" in done.stdout


def test_no_words(tmp_path, photos):
    done = run(tmp_path, photos, "?")
    assert done.returncode == 2 and done.stdout == ""
    assert "query: expected at least one word" in done.stderr


def test_words_before_photos(tmp_path, photos):
    done = run(tmp_path, "a dog", photos)
    assert done.returncode == 2 and done.stdout == ""
    assert "photos first and words last, as in `search PHOTOS WORDS`" in done.stderr
    assert f"received 'a dog' first, which is no file or folder, and '{photos}'" in (
        done.stderr
    )


def test_photos_that_do_not_exist_are_named(tmp_path):
    done = run(tmp_path, tmp_path / "absent", "a dog")
    assert done.returncode == 2
    assert f"no such file or folder: {tmp_path}/absent" in done.stderr
