import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

import photo_interests
from export.third_party.drawn_text import draw_lines
from photo_interests.analysis.rows import Content, PhotoRow
from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.describe import Descriptions
from photo_interests.reports.descriptions_json import make_json
from photo_interests.reports.descriptions_texts import findings
from tests.photo_interests.analysis.drawn_scenes import clock, face
from tests.photo_interests.analysis.exif_photos import write_photo
from training.experiments.analyzers.drawn_text import RECEIPT

ROOT = Path(photo_interests.__file__).parent.parent
MUNICH, MADRID = (48.137, 11.575), (40.4169, -3.7035)


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for day in (1, 2, 3):
        taken = datetime(2024, 8, day, 12)
        write_photo(folder / f"home-{day}.jpg", MUNICH, taken)
    write_photo(folder / "trip.jpg", MADRID, datetime(2024, 8, 9, 12))
    write_photo(folder / "unknown.png")
    return folder


def run(models, *arguments):
    return subprocess.run(
        [
            sys.executable, "-m", "photo_interests", "describe",
            "--models", str(models), *map(str, arguments),
        ],
        capture_output=True, text=True, timeout=300,
        env={
            **os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def models(installed):
    return installed("place").parent


PLACE = ("--analyzers", "place")


def test_place_in_all_outputs(models, photos, tmp_path):
    page = tmp_path / "page.html"
    report = tmp_path / "report.json"
    done = run(models, photos, *PLACE, "--html", page, "--json", report)
    assert done.returncode == 0, done.stderr
    assert "Madrid, Spain" in done.stdout
    content = json.loads(report.read_text())
    places = {Path(p["path"]).name: p["place"] for p in content["photos"]}
    assert places["trip.jpg"]["name"] == "Madrid"
    assert places["home-1.jpg"]["country"] == "DE"
    assert places["unknown.png"] is None
    assert content["trips"] == [
        {
            "first": "2024-08-09", "last": "2024-08-09", "place": "Madrid",
            "country": "ES", "photos": 1,
        }
    ]  # fmt: skip
    text = page.read_text()
    assert "Madrid, Spain: 2024-08-09, 1 photo" in text and text.endswith("</html>\n")
    assert text.count("<article>") == 5 and "GeoNames" in text


def test_a_video_has_a_place_and_counts_once(models, photos):
    pytest.importorskip("av")
    from tests.photo_interests.videos.drawn_videos import write_video

    scenes = [(face(), 2), (clock(), 2)]
    where = "+40.4169-003.7035/"
    write_video(photos / "trip.mp4", scenes, "2024-08-09T12:30:00Z", location=where)
    done = run(models, photos, *PLACE, "--json", "-")
    assert done.returncode == 0, done.stderr
    content = json.loads(done.stdout)
    frames = [p for p in content["photos"] if Path(p["path"]).name == "trip.mp4"]
    assert [(frame["second"], frame["place"]["name"]) for frame in frames] == [
        (0.0, "Madrid"), (2.0, "Madrid"),
    ]  # fmt: skip
    assert [trip["photos"] for trip in content["trips"]] == [2]
    (photos / "broken.jpg").write_bytes(b"broken")
    done = run(models, photos, *PLACE, "--language", "de")
    assert "6 files read, 1 skipped" in done.stderr
    assert "5 Fotos und 1 Video, gelesen von place" in done.stdout


def test_german(models, photos):
    done = run(models, photos, *PLACE, "--json", "-", "--language", "de")
    descriptions = {p["description"] for p in json.loads(done.stdout)["photos"]}
    assert "Ein Foto, München, Deutschland, August 2024" in descriptions


def test_a_bad_photo_costs_one_photo(models, photos):
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    done = run(models, photos, *PLACE, "--json", "-")
    assert done.returncode == 1
    content = json.loads(done.stdout)
    assert len(content["photos"]) == 5
    assert [Path(s["path"]).name for s in content["skipped"]] == ["broken.jpg"]
    assert "5 files read, 1 skipped" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--analyzers", "place,taste"), "expected some of place"),
        (("--analyzers", ""), "expected some of place"),
        (PLACE, "python -m export third-party place"),
    ],
)
def test_analyzers_that_cannot_run(photos, tmp_path, arguments, message):
    done = run(tmp_path / "no-models", photos, *arguments)
    assert done.returncode == 2 and done.stdout == ""
    assert message in done.stderr and "Traceback" not in done.stderr


def test_changed_files_are_refused(models, photos, tmp_path):
    changed = tmp_path / "models" / "place"
    changed.mkdir(parents=True)
    for file in (models / "place").iterdir():
        (changed / file.name).write_bytes(file.read_bytes())
    (changed / "places.bin").write_bytes(b"x")
    done = run(changed.parent, photos, *PLACE)
    assert done.returncode == 2
    assert "places.bin: expected" in done.stderr


def test_everything_about_a_drawn_photo(installed, photos, tmp_path):
    for name in ("faces", "objects"):
        installed(name)
    models = installed("place").parent
    taken = datetime(2024, 8, 9, 13)
    write_photo(tmp_path / "face.png", MADRID, taken, image=face())
    write_photo(tmp_path / "clock.png", None, None, image=clock())
    page = tmp_path / "page.html"
    files = (tmp_path / "face.png", tmp_path / "clock.png")
    names = ("--analyzers", "place,scene,objects,faces")
    done = run(models, *files, *names, "--html", page, "--json", "-")
    assert done.returncode == 0 and done.stderr == ""
    content = json.loads(done.stdout)
    assert set(content["analyzers"]) == {"place", "scene", "objects", "faces"}
    portrait, thing = content["photos"]
    assert portrait["people"] == {"number": 1, "framing": "portrait"}
    assert portrait["description"].startswith("A portrait of one person")
    assert portrait["description"].endswith("Madrid, Spain, August 2024")
    assert len(portrait["faces"]) == 1 and thing["faces"] == []
    assert [each["id"] for each in thing["objects"]] == ["clock"]
    assert thing["kinds"] == portrait["kinds"] == []  # drawn, so nothing is sure
    assert "clock" in thing["description"].lower()
    for photo in content["photos"]:
        assert len(photo["scene"]["labels"]) == 5
        assert 0 <= photo["scene"]["indoor"] <= 1
    assert page.read_text().count('class="box"') == 2


def test_what_is_not_installed_is_named_and_the_rest_runs(photos, tmp_path):
    done = run(tmp_path / "no-models", photos, "--json", "-")
    assert done.returncode == 0
    assert set(json.loads(done.stdout)["analyzers"]) == {"scene"}
    for name in ("place", "objects", "faces", "text"):
        assert f"not run: {name}: its model is not installed" in done.stderr


def test_text_of_a_receipt_and_the_interests_it_names(installed, tmp_path):
    models = installed("text").parent
    number = "4111 1111 1111 1111"
    receipt = draw_lines((*RECEIPT, f"VISA {number}"), width=560)
    receipt.save(tmp_path / "receipt.png")
    clock().save(tmp_path / "clock.png")
    page = tmp_path / "page.html"
    done = run(models, tmp_path, "--analyzers", "text", "--html", page, "--json", "-")
    assert done.returncode == 0 and done.stderr.count("skipped") == 0, done.stderr
    content = json.loads(done.stdout)
    texts = {Path(each["path"]).name: each["text"] for each in content["photos"]}
    assert texts["clock.png"] == {"searched": False, "lines": []}
    lines = [line["text"] for line in texts["receipt.png"]["lines"]]
    assert "TOTAL 18.70" in lines and "12 Harbour Street, Bristol" in lines
    named = {one["id"]: one["words"] for one in content["text_interests"]}
    assert named["coffee"] == ["espresso"] and named["meals"] == ["pizza"]
    written = done.stdout + page.read_text()
    assert "1111" not in written and "VISA" in written


def test_kinds_that_a_photo_surely_shows():
    bundle = load_card(find_bundle())
    kinds = {"imagenet.beagle": 0.8, "caltech.pizza": 0.6, "imagenet.wall_clock": 0.4}
    rows = (
        PhotoRow(Path("1.jpg"), content=Content({**kinds, "imagenet.church": 0.9}, {})),
        PhotoRow(Path("2.jpg")),
    )
    found = Descriptions(rows, (b"", b""), (), (), (), {}, bundle, {})
    assert [(kind.id, share) for kind, share in found.kinds(rows[0])] == [
        ("imagenet.beagle", 0.8), ("caltech.pizza", 0.6)
    ]  # fmt: skip
    assert found.kinds(rows[1]) == []
    assert findings(found, rows[0], "de") == {
        "kinds": "Beagles 80\N{NO-BREAK SPACE}%, Pizza 60\N{NO-BREAK SPACE}%"
    }
    first, second = json.loads(make_json(found, "en"))["photos"]
    assert first["kinds"][0] == {
        "id": "imagenet.beagle", "name": "Beagles", "probability": 0.8
    }  # fmt: skip
    assert "kinds" not in second
