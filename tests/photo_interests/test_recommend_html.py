"""The page of products, in a real browser."""

import io
import json
import re

import numpy as np
import pytest

from photo_interests.bundle.card import parse_card
from photo_interests.models.model_output import ModelOutput
from photo_interests.photos.photo_error import PhotoError
from photo_interests.predict import Prediction
from photo_interests.recommendation.catalogue_file import (
    Catalogue,
    Item,
    write_catalogue,
)
from photo_interests.recommendation.ranking import rank_products
from photo_interests.reports.products import make_products_html
from photo_interests.reports.products_texts import TEXTS
from tests.photo_interests.browser_page import (
    assert_fits,
    assert_readable,
    open_page,
    pictures,
)
from tests.photo_interests.drawn import busy, encoded

MARKUP = "<img src=x onerror=alert(1)>&\"'"
PRODUCTS = 10


def webp(seed):
    content = io.BytesIO()
    busy(192, 192, seed=seed).save(content, "WEBP")
    return content.getvalue()


@pytest.fixture
def page(card_text, tmp_path):
    """Ten products, one without a picture, with names and links that try to harm."""
    card = parse_card(card_text)
    random = np.random.default_rng(0)
    photos = tuple(tmp_path / f"{n}{MARKUP[:12]}.jpg" for n in range(3))
    for seed, path in enumerate(photos):
        path.write_bytes(encoded(busy(300, 220, seed=seed), "JPEG"))
    features = random.integers(0, 256, (3, 1024)).astype(np.uint8)
    chances = random.dirichlet(np.ones(3), 3)[:, :2].astype(np.float32)
    said = ModelOutput(np.array([0.9, 0.7], np.float32), chances, chances)
    skipped = (PhotoError(tmp_path / MARKUP, "broken: <script>alert(2)</script>"),)
    prediction = Prediction(
        **vars(said),
        bundle=tmp_path,
        card=card,
        photos=photos,
        taken=(None,) * len(photos),
        skipped=skipped,
        features=features,
    )
    links = ["https://shop.example/1?a=1&b=2", "javascript:alert(3)", ""]
    shop = Catalogue(
        tuple(
            Item(
                str(n),
                f"{MARKUP} Donaudampfschifffahrtsgesellschaftskapitän {n}",
                links[n % 3],
                "",
                b"" if n == 4 else webp(n),
            )
            for n in range(PRODUCTS)
        ),
        random.integers(0, 256, (PRODUCTS, 1024)).astype(np.uint8),
        random.dirichlet(np.ones(3), PRODUCTS)[:, :2].astype(np.float32),
    )
    kept = tmp_path / "shop.catalogue"
    write_catalogue(kept, shop, card)
    found = rank_products(prediction, kept, PRODUCTS)

    def write(language="en"):
        path = tmp_path / "page.html"
        path.write_text(make_products_html(prediction, found, kept, language))
        return path

    return write


def test_markup_is_text_and_links_go_to_the_web(page):
    text = page().read_text()
    assert "<img src=x" not in text and "<script" not in text
    assert "javascript:" not in text
    assert text.count('<a href="https://shop.example/1?a=1&amp;b=2"') == 4


def test_the_page_itself_asks_for_nothing(page):
    words = re.sub(r"data:image/webp;base64,[\w+/=]+", "", page().read_text())
    words = re.sub(r'<a href="[^"]*"', "", words)
    words = words.replace("url()", "")
    for address in ("http:", "https:", "url(", "@import", '<link rel="style'):
        assert address not in words, address


def test_same_input_same_page(page):
    assert page().read_bytes() == page().read_bytes()


def test_languages_say_the_same(page):
    assert TEXTS["en"].keys() == TEXTS["de"].keys()
    assert TEXTS["de"]["headline"] in page("de").read_text()


@pytest.mark.needs_browser
def test_browser_shows_every_picture_and_complains_of_nothing(browser, page):
    open_page(browser, page())
    found = pictures(browser)
    assert len(found) == PRODUCTS - 1 + PRODUCTS  # products, and a photo for each
    assert all(shown and alt for shown, alt in found)
    assert browser.get_log("browser") == []


@pytest.mark.needs_browser
@pytest.mark.parametrize(
    ("width", "columns"), [(320, 1), (700, 2), (900, 3), (1280, 4)]
)
def test_browser_fits_every_screen(browser, page, width, columns):
    open_page(browser, page(), width)
    assert_fits(browser, width, columns)


@pytest.mark.needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_browser_text_is_readable(browser, page, scheme):
    open_page(browser, page(), scheme=scheme)
    assert_readable(browser, "h1,h2,p,b,a,summary,.picture", 3 * PRODUCTS)


@pytest.mark.needs_browser
def test_browser_speaks_to_assistive_technology(browser, page):
    open_page(browser, page())
    nodes = browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node.get("ignored")]
    assert roles.count("meter") == roles.count("listitem") == PRODUCTS
    assert roles.count("heading") == 1 + PRODUCTS + 1
    assert json.dumps(nodes).count(TEXTS["en"]["match"]) >= PRODUCTS
