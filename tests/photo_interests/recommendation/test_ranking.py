"""Ranking and its reports; with the released bundle, over drawn pictures."""

import json
import time
from dataclasses import replace

import numpy as np
import pytest

from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.models.model_output import ModelOutput
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.predict import predict_photos
from photo_interests.recommendation.candidates import candidates, index_path
from photo_interests.recommendation.catalogue_build import update_catalogue
from photo_interests.recommendation.catalogue_file import (
    Catalogue,
    Item,
    write_catalogue,
)
from photo_interests.recommendation.item_scores import (
    UserPreferenceProfile,
    score_items,
)
from photo_interests.recommendation.products import find_products
from photo_interests.recommendation.ranking import rank_products
from photo_interests.reports.products import (
    make_products_html,
    make_products_json,
    safe_link,
)
from tests.photo_interests.drawn import busy, encoded, four_corners


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A catalogue of drawn products, a person's photo, and the prediction from it.

    No drawing shows an interest, so the table gives all products the one category that
    the photo contributes to most.
    """
    root = tmp_path_factory.mktemp("recommend")
    for folder in ("shop", "photos"):
        (root / folder).mkdir()
    for seed in range(6):
        picture = encoded(busy(300, 240, seed=seed), "JPEG")
        (root / "shop" / f"busy_{seed}.jpg").write_bytes(picture)
    (root / "shop" / "corners.png").write_bytes(encoded(four_corners(), "PNG"))
    photo = four_corners(500, 400).rotate(2)
    (root / "photos" / "mine.jpg").write_bytes(encoded(photo, "JPEG"))
    bundle = find_bundle("everyday-1105")
    reader = PhotoReader(bundle, load_card(bundle), 1, 1)
    photos = [root / "photos" / "mine.jpg"]
    prediction = predict_photos(photos, reader)
    strongest = int(
        (prediction.probabilities * prediction.photo_probabilities[0]).argmax()
    )
    kind = reader.card.interests[strongest].id
    names = sorted(path.name for path in (root / "shop").iterdir())
    rows = "".join(f"{name},{kind}\n" for name in names)
    (root / "shop" / "products.csv").write_text(f"picture,category\n{rows}")
    made = update_catalogue(
        None, find_products(root / "shop").products, reader
    ).catalogue
    write_catalogue(root / "shop.catalogue", made, reader.card)
    return root, made, prediction


def test_what_looks_like_the_photo_comes_first(shop):
    root, made, prediction = shop
    found = rank_products(prediction, root / "shop.catalogue", 3)
    assert len(found) == 3
    assert found[0].item.id == "corners.png" and found[0].match == 1
    assert [each.score for each in found] == sorted(
        (each.score for each in found), reverse=True
    )
    assert found[0].photo == root / "photos" / "mine.jpg"
    said = prediction.probabilities * prediction.photo_probabilities[0]
    assert found[0].interest == prediction.card.interests[int(said.argmax())]


def test_json_is_what_its_description_says(shop):
    root, made, prediction = shop
    found = rank_products(prediction, root / "shop.catalogue", 2)
    content = json.loads(make_products_json(prediction, found, root / "shop", "de"))
    first = content["products"][0]
    assert list(content) == [
        "format", "bundle", "catalogue", "photos", "skipped", "excluded", "products",
    ]  # fmt: skip
    assert list(first) == [
        "id", "title", "link", "score", "match", "interest", "photo", "suits",
    ]  # fmt: skip
    assert first["title"] == "corners" and content["photos"] == 1
    assert list(first["interest"]) == ["id", "name", "probability"]


@pytest.mark.parametrize("probability", [0.499, 0.5])
def test_a_product_without_an_interest_says_so(shop, probability):
    root, made, prediction = shop
    probabilities = np.full_like(prediction.probabilities, probability)
    unsure = replace(prediction, probabilities=probabilities)
    found = rank_products(unsure, root / "shop.catalogue", 2)
    suits = probability >= prediction.card.thresholds.interest
    assert [each.suits for each in found] == [suits, suits]
    page = make_products_html(unsure, found, root / "shop.catalogue", "en")
    assert page.count("No interest in your photos matches.") == 2 * (not suits)
    assert ("mine.jpg" in page) == suits


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://shop.example/1", "https://shop.example/1"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_links_go_to_the_web_or_nowhere(link, shown):
    assert safe_link(link) == shown


def many(items, photos, seed=0):
    """Products and photos in 40 clusters; a person has photos of three of them."""
    random = np.random.default_rng(seed)
    centres = random.integers(0, 200, (40, 64))
    kinds = random.integers(0, 40, items)
    shop = np.clip(centres[kinds] + random.normal(0, 25, (items, 64)), 0, 255)
    own = random.integers(0, 3, photos)
    shown = np.clip(centres[own] + random.normal(0, 25, (photos, 64)), 0, 255)
    eye = np.eye(40, dtype=np.float32)
    said = ModelOutput(eye[:3].sum(axis=0), eye[own], eye[own])
    profile = UserPreferenceProfile.of(shown.astype(np.uint8), said)
    return profile, shop.astype(np.uint8), eye[kinds]


def test_near_neighbours_find_what_scoring_all_finds(tmp_path):
    """Of the first 20 of all, the index over a large catalogue leaves out few."""
    profile, shop, interests = many(20_000, 30)
    rows = candidates(profile, shop, tmp_path / "c", exact_items=1000)
    assert rows is not None and len(rows) < len(shop) / 2
    best = np.argsort(-score_items(profile, shop, interests))[:20]
    assert np.isin(best, rows).mean() >= 0.9


def test_small_catalogues_are_scored_whole(tmp_path):
    profile, shop, _ = many(50, 3)
    assert candidates(profile, shop, tmp_path / "c") is None
    assert not list(tmp_path.iterdir())


def test_the_index_is_built_once_and_again_when_items_change(tmp_path):
    profile, shop, _ = many(3000, 3)
    beside = tmp_path / "c"
    first = candidates(profile, shop, beside, exact_items=100)
    path = index_path(shop, beside)
    made = path.stat().st_mtime_ns
    time.sleep(0.01)
    assert (candidates(profile, shop, beside, exact_items=100) == first).all()
    assert path.stat().st_mtime_ns == made
    candidates(profile, shop[:-1], beside, exact_items=100)
    assert [each.name for each in tmp_path.iterdir()] == [
        index_path(shop[:-1], beside).name
    ]


def test_equal_products_keep_the_order_of_the_catalogue(shop):
    root, made, prediction = shop
    twice = Catalogue(
        tuple(Item(str(n), "", "", "", b"") for n in range(4)),
        np.repeat(made.features[:1], 4, axis=0),
        np.repeat(made.interests[:1], 4, axis=0),
    )
    write_catalogue(root / "c", twice, prediction.card)
    found = rank_products(prediction, root / "c", 4)
    assert [each.item.id for each in found] == ["0", "1", "2", "3"]
