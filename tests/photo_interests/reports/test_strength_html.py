import re
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from photo_interests.level import Level
from photo_interests.reports.interests import find_interests
from photo_interests.reports.interests_html import make_html
from tests.photo_interests.browser_page import (
    assert_fits,
    assert_readable,
    open_page,
    pictures,
)
from tests.photo_interests.drawn import busy, encoded

MANY = 30


@pytest.fixture
def prediction(repeated_prediction, tmp_path):
    """Five copies of six photos, so that dogs are on twenty of them."""
    paths = tuple(tmp_path / f"{index:02}.jpg" for index in range(MANY))
    for index, path in enumerate(paths):
        path.write_bytes(encoded(busy(160, 120, seed=index), "JPEG"))
    repetition = repeated_prediction.repetition
    kinds = np.tile(repetition.photo_kind_probabilities, (5, 1))
    chances = np.tile(repeated_prediction.photo_probabilities, (5, 1))
    return replace(
        repeated_prediction,
        bundle=tmp_path,
        photos=paths,
        taken=tuple(
            taken and taken - timedelta(days=2 * copy)
            for copy in range(5)
            for taken in repeated_prediction.taken
        ),
        photo_probabilities=chances,
        contributions=chances / chances.sum(axis=0),
        repetition=replace(repetition, photo_kind_probabilities=kinds),
        features=np.zeros((MANY, 1024), np.uint8),
    )


def _write(prediction, path, language="en", level=Level.interests):
    areas = find_interests(prediction, None, 20, None, level)
    path.write_text(make_html(prediction, areas, language, level))
    return path


def _text(page):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*</style>|<[^>]+>", "", page, flags=16))


def test_strength_and_all_photos(prediction, tmp_path):
    page = _write(prediction, tmp_path / "page.html").read_text()
    text = _text(page)
    assert "30 photos, 2 interests." in text
    assert "20 photos, 2 months" in text and "Show all 20 photos" in text
    assert page.count("data:image/webp") == 25  # each photo that shows dogs or cats
    assert "Seen on these photos: beagle, pug." in text
    why = text.partition("Why?")[2]
    assert "How much each photo contributed:" in why and "Probability: 97%" in why
    # Shares and probabilities are under "Why?" alone.
    assert "%" not in text.partition("Why?")[0]


def test_german(prediction, tmp_path):
    text = _text(_write(prediction, tmp_path / "page.html", "de").read_text())
    for shown in ("20 Fotos, 2 Monate", "Alle 20 Fotos zeigen", "Warum?", "Hunde"):
        assert shown in text


def test_kinds(prediction, tmp_path):
    page = _write(prediction, tmp_path / "page.html", level=Level.kinds).read_text()
    text = _text(page)
    assert "3 kinds of things" in text and "Most often: beagle, pug and tabby." in text
    assert "beagle 90% 15 photos, 2 months" in text


def test_photos_that_are_no_pictures_are_named(prediction, tmp_path, monkeypatch):
    from photo_interests.reports import collapsed_photos

    monkeypatch.setattr(collapsed_photos, "MAX_PICTURES", 4)
    monkeypatch.setattr(collapsed_photos, "MAX_NAMES", 5)
    page = _write(prediction, tmp_path / "page.html").read_text()
    assert page.count("data:image/webp") == 9 + 5 + 4
    names = re.search(r'<p class="names">(.*?)</p>', page, re.DOTALL)[1]
    assert names.count(".jpg") == 5
    assert "and 2 more photos, which the JSON output lists" in _text(names)


@pytest.mark.needs_browser
@pytest.mark.parametrize(("width", "columns"), [(320, 1), (800, 2), (1280, 2)])
def test_browser_fits_every_screen(browser, prediction, tmp_path, width, columns):
    page = _write(prediction, tmp_path / "page.html")
    open_page(browser, page, width=width)
    for each in browser.find_elements("css selector", "summary"):
        each.click()
    assert_fits(browser, width, columns)
    assert all(shown and alt for shown, alt in pictures(browser))
    assert browser.get_log("browser") == []


@pytest.mark.needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_text_is_readable(browser, prediction, tmp_path, scheme):
    open_page(browser, _write(prediction, tmp_path / "page.html"), scheme=scheme)
    for each in browser.find_elements("css selector", "details.why summary"):
        each.click()
    assert_readable(browser, "h1,h2,h3,p,li,summary,nav a,nav span", 15)
