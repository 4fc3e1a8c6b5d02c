import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photo_interests.bundle.card import parse_card
from photo_interests.models.model_output import ModelOutput
from photo_interests.photos.photo_error import PhotoError
from photo_interests.predict import Prediction
from photo_interests.reports.interests import find_interests
from photo_interests.reports.interests_html import make_html
from photo_interests.reports.interests_texts import TEXTS
from tests.photo_interests.browser_page import (
    assert_fits,
    assert_readable,
    open_page,
    pictures,
)
from tests.photo_interests.drawn import busy, encoded

MARKUP = "<img src=x onerror=alert(1)>&\"'.jpg"
AREAS = 12


@pytest.fixture
def prediction(card_content, tmp_path):
    """About two interests in each of many areas; names that try to be markup."""
    card_content["areas"] = [
        {"id": f"area{index}", "names": {"en": f"Area <b>{index}</b>"}}
        for index in range(AREAS)
    ]
    count = 2 * AREAS
    card_content["categories"] = [
        {"id": f"c{index}", "names": {"en": f"Donaudampfschifffahrten {index}"},
         "area": f"area{0 if index == 2 else index // 2}"}
        for index in range(count)
    ]  # fmt: skip
    outputs = card_content["aggregator"]["signatures"]["predict"]["outputs"]
    outputs["probabilities"] = [count]
    outputs["contributions"] = outputs["photo_probabilities"] = ["N", count]
    names = [MARKUP, *(f"{index}{'-long-name' * 9}.jpg" for index in range(7))]
    paths = tuple(tmp_path / name for name in names)
    for index, path in enumerate(paths):
        path.write_bytes(encoded(busy(300, 200 + 20 * index, seed=index), "JPEG"))
    generator = np.random.default_rng(0)
    shares = generator.dirichlet(np.ones(len(paths)), count).T.astype(np.float32)
    skipped = (PhotoError(tmp_path / MARKUP, "broken: <script>alert(2)</script>"),)
    probabilities = generator.uniform(0.5, 1, count).astype(np.float32)
    return Prediction(
        **vars(ModelOutput(probabilities, shares, shares)),
        bundle=tmp_path,
        card=parse_card(json.dumps(card_content)),
        photos=paths,
        taken=(None,) * len(paths),
        skipped=skipped,
        features=np.zeros((len(paths), 1024), np.uint8),
    )


def _write(prediction, path, threshold=0.0, language="en"):
    areas = find_interests(prediction, threshold, 50, 9)
    path.write_text(make_html(prediction, areas, language))
    return path


def test_markup_in_names_is_text(prediction, tmp_path):
    page = _write(prediction, tmp_path / "page.html").read_text()
    assert "<img src=x" not in page and "<script" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;&amp;&#34;&#39;.jpg" in page


def test_page_asks_for_nothing(prediction, tmp_path):
    page = _write(prediction, tmp_path / "page.html").read_text()
    words = re.sub(r"data:image/webp;base64,[\w+/=]+", "", page)
    assert len(words) < len(page) / 2
    words = words.replace("url()", "")
    for address in ("http:", "https:", "url(", "@import", '<link rel="style', "//"):
        assert address not in words, address


def test_vanished_photo_keeps_its_name(prediction, tmp_path):
    prediction.photos[0].unlink()
    page = _write(prediction, tmp_path / "page.html").read_text()
    assert '<span class="missing">&lt;img src=x' in page


def test_nothing_found(prediction, tmp_path):
    page = _write(prediction, tmp_path / "page.html", threshold=1.0, language="de")
    assert TEXTS["de"]["none"] in page.read_text()


def test_languages_say_the_same():
    assert TEXTS["en"].keys() == TEXTS["de"].keys()
    for english, german in zip(TEXTS["en"].values(), TEXTS["de"].values(), strict=True):
        assert type(english) is type(german)


def test_each_picture_is_stored_once(prediction, tmp_path):
    page = _write(prediction, tmp_path / "page.html").read_text()
    addresses = re.findall(r"data:image/webp;base64,[\w+/=]+", page)
    assert len(addresses) == len(prediction.photos) < page.count('role="img"')


@pytest.mark.slow
def test_a_page_of_200_photos_stays_below_2_mb(prediction, tmp_path):
    paths = tuple(tmp_path / f"many{index}.jpg" for index in range(200))
    for index, path in enumerate(paths):
        path.write_bytes(encoded(busy(640, 480, seed=index), "JPEG"))
    interests = len(prediction.card.interests)
    shares = np.full((200, interests), 0.0001, np.float32)
    for interest in range(interests):
        shares[interest * 9 : interest * 9 + 9, interest] = 0.1
    many = replace(
        prediction,
        photos=paths,
        taken=(None,) * 200,
        contributions=shares,
        photo_probabilities=shares,
        features=np.zeros((200, 1024), np.uint8),
    )
    page = _write(many, tmp_path / "page.html")
    shown = page.read_text().count("data:image/webp")
    assert shown == min(200, 9 * interests)
    assert page.stat().st_size * 200 / shown < 2_000_000


@pytest.fixture
def opened(browser, prediction, tmp_path):
    """Opens the report as a screen of some width and colour scheme shows it."""
    page = _write(prediction, tmp_path / "page.html")

    def opened_page(**screen):
        open_page(browser, page, **screen)
        return browser

    return opened_page


@pytest.mark.needs_browser
def test_browser_shows_every_picture(opened):
    browser = opened()
    found = pictures(browser)
    assert len(found) > 2 * AREAS
    assert all(shown and alt for shown, alt in found)
    assert MARKUP in {alt for _, alt in found}
    assert browser.get_log("browser") == []
    loaded = browser.execute_script(
        "return performance.getEntriesByType('resource').map(e => e.name)"
    )
    assert [name for name in loaded if not name.startswith("data:")] == []


@pytest.mark.needs_browser
@pytest.mark.parametrize(
    ("width", "columns"), [(320, 1), (390, 1), (800, 2), (1280, 3)]
)
def test_browser_fits_every_screen(opened, width, columns):
    assert_fits(opened(width=width), width, columns)


@pytest.mark.needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_text_is_readable(opened, scheme):
    texts = "h1,h2,h3,p,.percent,nav a,nav span,summary"
    assert_readable(opened(scheme=scheme), texts, 4 * AREAS)


@pytest.mark.needs_browser
def test_browser_follows_the_colour_scheme(opened):
    script = "return getComputedStyle(document.body).backgroundColor"
    light = opened(scheme="light").execute_script(script)
    dark = opened(scheme="dark").execute_script(script)
    assert light == "rgb(246, 244, 239)"
    assert dark == "rgb(18, 19, 21)"


@pytest.mark.needs_browser
def test_browser_speaks_to_assistive_technology(opened):
    browser = opened()
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node.get("ignored")]
    assert roles.count("meter") == 2 * AREAS
    assert roles.count("region") == AREAS
    assert roles.count("heading") == 1 + AREAS + 2 * AREAS + 1
    meters = [node for node in nodes if node["role"]["value"] == "meter"]
    assert all("probability" in meter["name"]["value"] for meter in meters)
    for link in browser.find_elements("css selector", "nav a"):
        target = link.get_attribute("href").rpartition("#")[2]
        assert len(browser.find_elements("id", target)) == 1


def test_example_of_the_page_is_deterministic(prediction, tmp_path):
    first = _write(prediction, tmp_path / "a.html").read_bytes()
    assert _write(prediction, Path(tmp_path / "b.html")).read_bytes() == first
