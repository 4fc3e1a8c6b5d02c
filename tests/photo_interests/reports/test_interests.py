import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from photo_interests.bundle.card import parse_card
from photo_interests.photos.photo_error import PhotoError
from photo_interests.predict import Prediction
from photo_interests.reports.formatting import shown_path, shown_share
from photo_interests.reports.interests import find_interests, named
from photo_interests.reports.interests_json import make_json
from photo_interests.reports.interests_table import make_table

SHARES = [[0.1, 0.004], [0.7, 0.994], [0.195, 0.001], [0.005, 0.001]]


@pytest.fixture
def prediction(card_text):
    return Prediction(
        probabilities=np.array([0.6, 0.999], np.float32),
        contributions=np.array(SHARES, np.float32),
        photo_probabilities=np.array(SHARES, np.float32) / 2,
        bundle=Path("bundle"),
        card=parse_card(card_text),
        photos=tuple(Path(f"photos/{name}.jpg") for name in "abcd"),
        taken=(None,) * 4,
        skipped=(PhotoError(Path("photos/notes.txt"), "not a photo"),),
        features=np.zeros((4, 1024), np.uint8),
    )


def _ids(areas):
    return [[interest.category.id for interest in group.interests] for group in areas]


def test_most_probable_first(prediction):
    assert _ids(find_interests(prediction, 0.5, 9, 9)) == [["a.dog", "a.cat"]]


@pytest.mark.parametrize(
    ("threshold", "top", "expected"),
    [(0.6, 9, [["a.dog", "a.cat"]]), (0.61, 9, [["a.dog"]]), (0, 1, [["a.dog"]])],
)
def test_threshold_and_top(prediction, threshold, top, expected):
    assert _ids(find_interests(prediction, threshold, top, 9)) == expected


def test_nothing_probable(prediction):
    assert find_interests(prediction, 1.0, 9, 9) == []


def test_areas_stand_in_the_order_of_their_best(prediction, card_content):
    card_content["areas"].append({"id": "sea", "names": {"en": "Sea"}})
    card_content["categories"][1]["area"] = "sea"
    other = replace(prediction, card=parse_card(json.dumps(card_content)))
    groups = find_interests(other, 0.5, 9, 9)
    assert [group.area.id for group in groups] == ["sea", "animals"]


def test_photos_by_share(prediction):
    (group,) = find_interests(prediction, 0.5, 9, photos=2)
    dogs, cats = group.interests
    assert [photo.path.stem for photo in cats.photos] == ["b", "c"]
    assert [photo.share for photo in cats.photos] == pytest.approx([0.7, 0.195])
    assert cats.photos[0].probability == pytest.approx(0.35)
    assert (cats.other_photos, cats.other_share) == (2, pytest.approx(0.105))
    # Photos with hardly a share are left to the rest, however many are wanted.
    assert [photo.path.stem for photo in dogs.photos] == ["b"]
    assert (dogs.other_photos, dogs.other_share) == (3, pytest.approx(0.006))


def test_one_photo_stands_even_if_no_share_is_large(prediction):
    many = replace(
        prediction,
        contributions=np.full((200, 2), 0.005, np.float32),
        photo_probabilities=np.full((200, 2), 0.1, np.float32),
        photos=tuple(Path(str(index)) for index in range(200)),
    )
    (group,) = find_interests(many, 0.5, 1, 9)
    assert len(group.interests[0].photos) == 1


def test_names_fall_back_to_english(prediction):
    area, category = prediction.card.areas[0], prediction.card.interests[0]
    assert (named(area, "de"), named(category, "de")) == ("Tiere", "Cats")


def test_json_says_everything(prediction):
    areas = find_interests(prediction, 0.5, 9, 2)
    content = json.loads(make_json(prediction, areas, 0.5, "de"))
    assert content["bundle"] == {"name": "example", "version": "1.0.0"}
    assert content["photos"] == [f"photos/{name}.jpg" for name in "abcd"]
    assert content["skipped"] == [{"path": "photos/notes.txt", "reason": "not a photo"}]
    assert content["probabilities"] == pytest.approx({"a.cat": 0.6, "a.dog": 0.999})
    dogs, cats = content["interests"]
    assert (dogs["id"], cats["id"]) == ("a.dog", "a.cat")
    assert cats["area"] == {"id": "animals", "name": "Tiere"}
    assert cats["photos"][0] == pytest.approx(
        {"path": "photos/b.jpg", "share": 0.7, "probability": 0.35}
    )
    total = sum(photo["share"] for photo in cats["photos"]) + cats["other_share"]
    assert total == pytest.approx(1)


def test_json_keeps_names_that_are_no_text(prediction):
    odd = Path("photos/caf\udce9.jpg")
    other = replace(prediction, photos=(odd, *prediction.photos[1:]))
    content = json.loads(make_json(other, [], 0.5, "en"))
    assert content["photos"][0] == str(odd)


def test_table(prediction):
    console = Console(width=90, file=StringIO())
    areas = find_interests(prediction, 0.5, 9, 2)
    with console.capture() as printed:
        console.print(make_table(prediction, areas, "en"))
    lines = printed.get().splitlines()
    start = next(n for n, line in enumerate(lines) if "Cats" in line)
    cats = lines[start]
    dogs = next(line for line in lines if "Dogs" in line)
    assert "60%" in cats
    photos = ("b.jpg 70%", "c.jpg 19%", "2 more 11%")
    for line, photo in zip(lines[start : start + 3], photos, strict=True):
        assert line.rstrip().endswith(photo)
    assert ">99%" in dogs
    assert cats.count("█") == 6 and dogs.count("█") == 10
    assert any("4 photos read by example 1.0.0" in line for line in lines)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0%"), (0.004, "<1%"), (0.5, "50%"), (0.994, ">99%"), (1.0, "100%")],
)
def test_shares_never_look_certain(value, shown):
    assert shown_share(value) == shown


def test_german_percent_sign_stands_apart():
    assert shown_share(0.5, "de") == "50\N{NO-BREAK SPACE}%"


def test_terminal_sequences_are_disarmed():
    assert shown_path("a\x1b[2J\n\udce9ü.jpg") == "a\ufffd[2J\ufffd\ufffdü.jpg"
