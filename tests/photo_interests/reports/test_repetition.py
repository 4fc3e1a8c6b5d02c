import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from photo_interests.bundle.interest_sections import is_kind_listed
from photo_interests.level import Level
from photo_interests.reports.collapsed_photos import (
    HTML_PHOTOS,
    MAX_NAMES,
    MAX_PICTURES,
    collapse,
)
from photo_interests.reports.formatting import shown_strength
from photo_interests.reports.interest import Evidence
from photo_interests.reports.interests import find_interests
from photo_interests.reports.interests_json import make_json
from photo_interests.reports.interests_table import make_table


def _ids(interests):
    return [each.id for each in interests]


def test_strongest_first_and_only_what_may_be_listed(repeated_prediction):
    assert _ids(repeated_prediction.interests(threshold=0.5)) == ["dogs", "cats"]
    sensitive = repeated_prediction.interests(threshold=0.5, sensitive=True)
    assert _ids(sensitive) == ["dogs", "health", "cats"]
    # 0.55 expected events are fewer than 1.0, whatever the probability.
    assert sensitive[1].probability > sensitive[2].probability
    for least in (0, 0.5):
        assert "household" not in _ids(
            repeated_prediction.interests(threshold=least, sensitive=True)
        )


def test_threshold_is_that_of_the_card(repeated_prediction):
    card = repeated_prediction.card
    assert (card.thresholds.interest, card.thresholds.kind) == (0.5, 0.6)
    high = card.thresholds.model_copy(update={"interest": 0.9})
    other = replace(
        repeated_prediction, card=card.model_copy(update={"thresholds": high})
    )
    assert _ids(other.interests()) == ["dogs"]
    assert _ids(repeated_prediction.interests(top=1)) == ["dogs"]


def test_all_photos_that_show_it_are_listed_and_counted(repeated_prediction):
    dogs, cats = repeated_prediction.interests()
    assert [photo.path.stem for photo in dogs.photos] == ["a", "b", "c", "d"]
    assert dogs.strength.photos == 4
    assert dogs.strength.months == 2  # January and February
    assert dogs.strength.events == pytest.approx(0.9 + 0.9 + 0.6 + 0.3)
    assert (dogs.other_photos, dogs.other_share) == (2, pytest.approx(0.3 / 2.7))
    assert sum(photo.share for photo in dogs.photos) == pytest.approx(1 - 0.3 / 2.7)
    assert (cats.strength.photos, cats.strength.months) == (1, 0)
    few = repeated_prediction.interests(photos=2)[0]
    assert [photo.path.stem for photo in few.photos] == ["a", "b"]
    assert few.strength == dogs.strength


def test_photos_are_listed_where_none_is_clear(repeated_prediction):
    chances = repeated_prediction.photo_probabilities.copy()
    chances[:, 0] = [0.4, 0.45, 0.3, 0.2, 0.1, 0.0]
    unclear = replace(repeated_prediction, photo_probabilities=chances)
    dogs = unclear.interests()[0]
    assert dogs.strength.photos == dogs.strength.months == 0
    # The first two photos are one event: each weighs half.
    assert [photo.path.stem for photo in dogs.photos] == ["c", "b", "a"]


def test_kinds_that_count_for_an_interest(repeated_prediction):
    dogs, health, cats = repeated_prediction.interests(sensitive=True)
    events = {"a.beagle": 1.55, "a.pug": 0.85, "a.basket": 0.3}
    assert [each.kind.id for each in dogs.kinds] == ["a.beagle", "a.pug"]
    total = sum(events.values())
    assert [each.share for each in dogs.kinds] == pytest.approx(
        [1.55 / total, 0.85 / total]
    )
    assert [each.kind.id for each in health.kinds] == ["a.pill"]
    assert cats.kinds[0].share == pytest.approx(1)


def test_kinds_level(repeated_prediction):
    kinds = repeated_prediction.interests(level="kinds")
    # a.cloud is not probable, a.pill is sensitive, a.basket is half of a household.
    assert _ids(kinds) == ["a.beagle", "a.pug", "a.tabby"]
    assert [photo.path.stem for photo in kinds[0].photos] == ["a", "b", "c"]
    assert (kinds[0].strength.photos, kinds[0].strength.months) == (3, 2)
    assert kinds[0].area.id == "animals" and kinds[0].kinds == ()
    asked = repeated_prediction.interests(level="kinds", sensitive=True, threshold=0)
    assert _ids(asked) == ["a.beagle", "a.pill", "a.pug", "a.tabby", "a.cloud"]
    assert asked[-1].area.names["de"] == "Sonstiges"


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({}, (True, True)),
        ({"dogs": 0.3}, (True, True)),
        ({"health": 0.2}, (False, True)),
        ({"health": 0.4, "dogs": 1.0}, (True, True)),
        ({"health": 0.5, "dogs": 1.0}, (False, True)),
        ({"household": 0.5, "dogs": 0.5}, (False, False)),
    ],
)
def test_a_kind_is_as_sensitive_as_what_it_counts_for(
    repeated_prediction, weights, expected
):
    card = repeated_prediction.card
    interests = {interest.id: interest for interest in card.interests}
    kind = card.kinds[0].model_copy(update={"interests": weights})
    listed = tuple(is_kind_listed(kind, interests, each) for each in (False, True))
    assert listed == expected


def test_kinds_need_a_bundle_that_has_them(tiny_bundle):
    from photo_interests.bundle.card import load_card
    from photo_interests.reports.interests import check_level

    card = load_card(tiny_bundle)
    check_level(card, Level.interests)
    with pytest.raises(ValueError, match="format 2 for 'kinds', received example"):
        check_level(card, Level.kinds)


def test_json(repeated_prediction):
    areas = find_interests(repeated_prediction, None, 9, None)
    content = json.loads(make_json(repeated_prediction, areas, None, "de"))
    assert (content["format"], content["level"]) == (2, "interests")
    assert content["threshold"] == 0.5
    # Sensitive interests are in no export that did not ask for them.
    assert content["probabilities"] == pytest.approx({"dogs": 0.97, "cats": 0.6})
    dogs, cats = content["interests"]
    assert (dogs["id"], dogs["name"]) == ("dogs", "Hunde")
    assert dogs["strength"] == pytest.approx(
        {"photos": 4, "months": 2, "events": 2.7, "videos": 0}
    )
    assert [photo["path"] for photo in dogs["photos"]] == [
        f"photos/{name}.jpg" for name in "abcd"
    ]
    assert dogs["kinds"][0] == pytest.approx(
        {"id": "a.beagle", "name": "beagle", "share": 1.55 / 2.7}
    )
    assert cats["photos"][0]["share"] == pytest.approx(1)


def test_json_of_kinds_and_of_sensitive_ones(repeated_prediction):
    level = Level.kinds
    areas = find_interests(repeated_prediction, None, 9, None, level, sensitive=True)
    text = make_json(repeated_prediction, areas, None, "en", level, sensitive=True)
    content = json.loads(text)
    assert (content["level"], content["threshold"]) == ("kinds", 0.6)
    assert "a.pill" in content["probabilities"]
    assert "a.basket" not in content["probabilities"]
    order = [each["id"] for each in content["interests"]]
    assert order == ["a.beagle", "a.pill", "a.pug", "a.tabby"]


EXPECTED_PHOTOS = ("a.jpg", "b.jpg", "c.jpg", "1 more")


def _printed(prediction, language="en", level=Level.interests, width=100):
    console = Console(width=width, file=StringIO())
    areas = find_interests(prediction, None, 9, 3, level)
    with console.capture() as printed:
        console.print(make_table(prediction, areas, language, level))
    return printed.get().splitlines()


def test_table_shows_strength(repeated_prediction):
    lines = _printed(repeated_prediction)
    start = next(n for n, line in enumerate(lines) if "Dogs" in line)
    dogs = lines[start]
    cats = next(line for line in lines if "Cats" in line)
    assert "4 photos, 2 months" in dogs
    for line, photo in zip(lines[start : start + 4], EXPECTED_PHOTOS, strict=True):
        assert line.rstrip().endswith(f" {photo}")
    assert "1 photo " in cats and "month" not in cats
    assert (dogs.count("█"), cats.count("█")) == (10, 2)
    assert "%" not in dogs
    german = "\n".join(_printed(repeated_prediction, "de"))
    assert "4 Fotos, 2 Monate" in german and "1 weitere" in german
    assert "Interesse" in german and "Stärke" in german


def test_a_narrow_terminal_cuts_names_of_photos_and_breaks_none(repeated_prediction):
    lines = _printed(repeated_prediction, width=52)
    dogs = next(line for line in lines if "Dogs" in line)
    assert "4 photos, 2 months" in dogs
    assert len(lines) == len(_printed(repeated_prediction))


def test_table_of_kinds_has_their_probability(repeated_prediction):
    lines = _printed(repeated_prediction, level=Level.kinds)
    beagle = next(line for line in lines if "beagle" in line)
    assert "3 photos, 2 months" in beagle and "90%" in beagle


@pytest.mark.parametrize(
    ("photos", "months", "language", "expected"),
    [
        (351, 14, "en", "351 photos, 14 months"),
        (1, 1, "en", "1 photo, 1 month"),
        (12345, 0, "en", "12,345 photos"),
        (12345, 2, "de", "12.345 Fotos, 2 Monate"),
        (0, 0, "en", "a few likely photos"),
    ],
)
def test_shown_strength(photos, months, language, expected):
    assert shown_strength(photos, months, language) == expected


def test_a_page_has_few_pictures_and_accounts_for_all(repeated_prediction):
    def with_photos(index, count, start):
        photos = tuple(
            Evidence(Path(str(number)), 0.0, 1.0)
            for number in range(start, start + count)
        )
        interest = repeated_prediction.interests()[0]
        category = interest.category.model_copy(update={"id": str(index)})
        return replace(interest, category=category, photos=photos)

    # Many photos; few; the same ones as the first.
    interests = [
        with_photos(0, 5000, 0),
        with_photos(1, HTML_PHOTOS + 20, 9000),
        with_photos(2, 300, 0),
    ]
    found = collapse(interests)
    for interest in interests:
        each = found[interest.id]
        hidden = interest.photos[HTML_PHOTOS:]
        assert (each.pictures + each.names) == list(
            hidden[: len(each.pictures) + len(each.names)]
        )
        assert len(each.names) <= MAX_NAMES
        assert len(each.pictures) + len(each.names) + each.unnamed == len(hidden)
    stored = {photo.path for each in found.values() for photo in each.pictures}
    visible = {p.path for each in interests for p in each.photos[:HTML_PHOTOS]}
    assert len(stored - visible) == MAX_PICTURES
    assert len(found["1"].pictures) == 20  # those of few photos have them all
    assert found["2"].unnamed == 0
    assert np.isclose(len(found["0"].names), MAX_NAMES)
