"""Ranking with a bundle of format 2, whose kinds count beside its interests."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photo_interests.bundle.card import load_card
from photo_interests.models.interest_model import InterestModel
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.predict import Prediction
from photo_interests.recommendation.catalogue_build import update_catalogue
from photo_interests.recommendation.catalogue_file import (
    Catalogue,
    Item,
    read_catalogue,
    write_catalogue,
)
from photo_interests.recommendation.item_scores import (
    UserPreferenceProfile,
    item_probabilities,
    score_items,
)
from photo_interests.recommendation.products import Product
from photo_interests.recommendation.ranking import rank_products
from tests.photo_interests.drawn import busy, encoded

PRODUCTS = 40


@pytest.fixture(scope="module")
def model(tiny_bundle_2):
    return InterestModel(tiny_bundle_2)


@pytest.fixture(scope="module")
def shop(model):
    random = np.random.default_rng(5)
    features = random.integers(0, 256, (PRODUCTS, 1024)).astype(np.uint8)
    items = tuple(Item(str(n), f"Product {n}", "", "", b"") for n in range(PRODUCTS))
    return Catalogue(items, features, model(features).photo_probabilities)


@pytest.fixture
def file(shop, model, tmp_path):
    path = tmp_path / "shop.catalogue"
    write_catalogue(path, shop, model.card)
    return path


def _prediction(model, bundle, features):
    return Prediction(
        **vars(model(features)),
        bundle=bundle,
        card=model.card,
        photos=tuple(Path(f"{n}.jpg") for n in range(len(features))),
        taken=(None,) * len(features),
        skipped=(),
        features=features,
    )


def _with_only(prediction, name):
    """The same, sure of one interest or kind and of no other."""
    card, repetition = prediction.card, prediction.repetition
    interests = np.array([each.id == name for each in card.interests], np.float32)
    kinds = np.array([each.id == name for each in card.kinds], np.float32)
    return replace(
        prediction,
        probabilities=interests,
        repetition=replace(repetition, kind_probabilities=kinds),
    )


def test_scores_are_those_of_interests_and_kinds(model, shop, file, tiny_bundle_2):
    prediction = _prediction(model, tiny_bundle_2, shop.features[:3])
    chances = item_probabilities(model(shop.features))
    listed = np.array([True, True, False, False] + [True] * 6)
    listed[[4 + 3, 4 + 4]] = False  # a.basket is half household, a.pill health
    profile = UserPreferenceProfile.of(shop.features[:3], prediction, listed)
    expected = score_items(profile, shop.features, chances)
    found = rank_products(prediction, file, PRODUCTS)
    scores = np.array([each.score for each in sorted(found, key=lambda e: e.row)])
    # A catalogue keeps interests with four decimals.
    np.testing.assert_allclose(scores, expected, atol=2e-3)


def test_a_kind_explains_a_product(model, shop, file, tiny_bundle_2):
    row = int(model(shop.features).repetition.photo_kind_probabilities[:, 2].argmax())
    photo = shop.features[row : row + 1]
    prediction = _with_only(_prediction(model, tiny_bundle_2, photo), "a.tabby")
    best = rank_products(prediction, file, 1)[0]
    assert (best.row, best.interest.id, best.probability) == (row, "a.tabby", 1)
    assert best.suits and best.photo == Path("0.jpg")
    unsure = prediction.repetition.kind_probabilities * np.float32(0.55)
    repetition = replace(prediction.repetition, kind_probabilities=unsure)
    # The card's threshold of kinds is .6.
    again = rank_products(replace(prediction, repetition=repetition), file, 1)[0]
    assert again.interest.id == "a.tabby" and not again.suits


@pytest.mark.parametrize("name", ["health", "household", "a.pill", "a.basket"])
def test_what_is_sensitive_recommends_nothing(model, shop, file, tiny_bundle_2, name):
    prediction = _prediction(model, tiny_bundle_2, shop.features[:3])
    found = rank_products(_with_only(prediction, name), file, PRODUCTS)
    prior = rank_products(_with_only(prediction, "none"), file, PRODUCTS)
    assert [each.row for each in found] == [each.row for each in prior]
    assert max(each.score for each in found) < 2e-3


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("cats", {"cats": 1.0}),
        ("a.basket", {"dogs": 0.5, "household": 0.5}),
        ("a.cloud", {}),
    ],
)
def test_an_owner_may_give_an_interest_or_a_kind(
    tiny_bundle_2, tmp_path, category, expected
):
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(encoded(busy(200, 160), "JPEG"))
    card = load_card(tiny_bundle_2)
    product = Product("1", "One", "", category, picture, "stamp")
    update = update_catalogue(None, [product], PhotoReader(tiny_bundle_2, card, 1, 1))
    assert update.notes == ()
    path = tmp_path / "shop.catalogue"
    write_catalogue(path, update.catalogue, card)
    (row,) = read_catalogue(path, card).interests
    ids = [interest.id for interest in card.interests]
    assert {ids[n]: row[n] for n in np.flatnonzero(row)} == expected
