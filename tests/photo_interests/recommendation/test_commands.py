import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import photo_interests
from tests.photo_interests.drawn import busy, encoded, four_corners

ROOT = Path(photo_interests.__file__).parent.parent


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    root = tmp_path_factory.mktemp("home")
    for folder in ("photos", "shop"):
        (root / folder).mkdir()
        for seed in range(3):
            picture = encoded(busy(120, 90, seed=seed), "JPEG")
            (root / folder / f"{folder}{seed}.jpg").write_bytes(picture)
    (root / "shop" / "corners.png").write_bytes(encoded(four_corners(), "PNG"))
    return root


@pytest.fixture
def run(home, tiny_bundle):
    def command(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "photo_interests", *map(str, arguments),
             "--bundle", str(tiny_bundle), "--processes", "1"],
            capture_output=True,
            text=True,
            timeout=300,
            env={
                **os.environ,
                "COLUMNS": "100",
                "NO_COLOR": "1",
                "PYTHONPATH": str(ROOT),
                "XDG_CACHE_HOME": str(home / "cache"),
            },
        )  # fmt: skip

    return command


def test_table_page_and_json(run, home, tmp_path):
    done = run(
        "recommend", home / "photos", "--catalogue", home / "shop", "--top", 2,
        "--html", tmp_path / "a.html", "--json", tmp_path / "a.json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Because of" in done.stdout and "3 photos read by example" in done.stdout
    assert len(json.loads((tmp_path / "a.json").read_text())["products"]) == 2
    assert (tmp_path / "a.html").read_text().count("<article>") == 2
    assert list((home / "cache" / "photo-interests").glob("*.catalogue"))


def test_a_video_is_a_reason(run, home, tmp_path):
    pytest.importorskip("av")
    from tests.photo_interests.videos.drawn_videos import write_video

    scenes = [(busy(120, 90, seed=seed), 2) for seed in (3, 1)]
    video = write_video(tmp_path / "clip.mp4", scenes)
    done = run(
        "recommend", video, "--catalogue", home / "shop", "--language", "de",
        "--html", tmp_path / "a.html", "--json", "-",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    content = json.loads(done.stdout)
    assert content["photos"] == 1
    reasons = {one["title"]: one for one in content["products"]}
    # The second scene is the picture of this product.
    assert reasons["shop1"]["photo"] == str(video)
    assert reasons["shop1"]["photo_second"] == 2.0
    page = (tmp_path / "a.html").read_text()
    assert "1 Video, 4 Produkte" in page


def test_catalogue_made_once_serves_again(run, home, tmp_path):
    out = tmp_path / "shop.catalogue"
    done = run("catalogue", home / "shop", "--out", out)
    assert done.stdout == f"4 products in {out}: 4 read, 0 dropped\n", done.stderr
    done = run("catalogue", home / "shop", "--out", out)
    assert done.stdout == f"4 products in {out}: 0 read, 0 dropped\n"
    done = run("recommend", home / "photos", "--catalogue", out, "--json", "-")
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["products"]) == 4


def test_a_catalogue_that_is_damaged_is_rebuilt(run, home, tmp_path):
    out = tmp_path / "shop.catalogue"
    out.write_bytes(b"half")
    done = run("catalogue", home / "shop", "--out", out)
    assert done.returncode == 0 and "4 read" in done.stdout
    assert "rebuilt: " in done.stderr


def test_a_catalogue_is_checked_before_photos_are_read(run, tmp_path):
    (tmp_path / "notes.jpg").write_text("no photo")
    (tmp_path / "shop.catalogue").write_text("no catalogue")
    done = run(
        "recommend", tmp_path / "notes.jpg", "--catalogue", tmp_path / "shop.catalogue"
    )
    assert done.returncode == 2
    assert "expected a catalogue" in done.stderr and "skipped" not in done.stderr


def test_skipped_products_and_photos_are_in_the_status(run, home, tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"nothing")
    (tmp_path / "whole.jpg").write_bytes((home / "shop" / "shop0.jpg").read_bytes())
    done = run("recommend", home / "photos", "--catalogue", tmp_path)
    assert done.returncode == 1
    assert re.search(r"skipped .*/broken.jpg: ", done.stderr)
    done = run("recommend", tmp_path, "--catalogue", home / "shop")
    assert done.returncode == 1 and "broken.jpg" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["photos", "--catalogue", "nowhere"], "a folder of pictures or a .parquet"),
        (["nowhere", "--catalogue", "shop"], "no such file or folder"),
        (["photos", "--catalogue", "empty"], "expected products, received none"),
        (["empty", "--catalogue", "shop"], "no photos: there is no file"),
    ],
)
def test_no_answer(run, home, arguments, message):
    (home / "empty").mkdir(exist_ok=True)
    paths = [each if each.startswith("-") else home / each for each in arguments]
    done = run("recommend", *paths)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())


def test_no_tensorflow(home, tiny_bundle):
    code = (
        "import sys\n"
        "from photo_interests.recommendation import ranking, catalogue_build\n"
        "from photo_interests.recommendation import candidates, shop\n"
        "wrong = {'tensorflow', 'keras', 'pandas', 'pyarrow'} & set(sys.modules)\n"
        "assert not wrong, wrong\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
