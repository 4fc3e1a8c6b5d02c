"""The catalogues that the app's code carries: a sample, and one that it is held to."""

import json
import tempfile
from datetime import date
from pathlib import Path

import numpy as np

from photo_interests.bundle.card import load_card
from photo_interests.files import write_atomically
from photo_interests.models.interest_model import InterestModel
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.predict import Prediction
from photo_interests.recommendation.catalogue_build import update_catalogue
from photo_interests.recommendation.catalogue_file import (
    Catalogue,
    Item,
    Origin,
    read_catalogue,
    write_catalogue,
)
from photo_interests.recommendation.products import find_products
from photo_interests.recommendation.ranking import Recommendation, rank_products
from training.experiments.app.sample_shop import draw_sample_shop
from training.features.feature_set import FeatureSet

SAMPLE = Path("android-app/app/src/main/assets/sample.catalogue")
GOLDEN = Path("android-app/library/src/test/resources/recommendations")
GOLDEN_ITEMS = 120
SEED = 7
SAMPLE_ORIGIN = Origin("Photo Interests", date(2026, 11, 30))
LINKS = (
    "https://example.org/item",
    "http://example.org/item?a=b#c",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "",
)
"""Of the golden items in turn: an app opens the first two and no other."""


def write_sample(bundle: Path, path: Path) -> int:
    """Make a catalogue of drawn products; returns how many there are."""
    with tempfile.TemporaryDirectory() as folder:
        draw_sample_shop(Path(folder))
        products = find_products(Path(folder)).products
        reader = PhotoReader(bundle, load_card(bundle), 1, 1)
        made = update_catalogue(None, products, reader).catalogue
    # Stamps hold times of files: without them the same drawings give the same bytes.
    items = tuple(
        Item(item.id, item.title, item.link, "", item.thumbnail) for item in made.items
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    same = Catalogue(items, made.features, made.interests, SAMPLE_ORIGIN)
    write_catalogue(path, same, load_card(bundle))
    return len(items)


def write_golden(bundle: Path, features: Path, directory: Path) -> int:
    """Make a catalogue of photos' features, and how Python ranks it.

    The person is the bundle's golden set. `ranking.json` has all items, best first:
    `id`, `score`, `match`, `interest`, `probability`, `photo` (row of the set) and
    `suits`.

    Args:
        bundle: of both.
        features: set of stored features; its test photos are the items.
        directory: where both files go.

    Returns:
        How many items there are.
    """
    card = load_card(bundle)
    known = FeatureSet.load(features)
    draw = np.random.default_rng(SEED)
    rows = np.sort(draw.choice(known.rows("test"), GOLDEN_ITEMS, replace=False))
    items = tuple(
        Item(f"item-{n}", f"Item {n}", LINKS[n % len(LINKS)], "", b"")
        for n in range(len(rows))
    )
    values = known.features[rows]
    interests = InterestModel(bundle, card)(values).photo_probabilities
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "golden.catalogue"
    write_catalogue(path, Catalogue(items, values, interests), card)
    write_atomically(directory / "ranking.json", ranking(bundle, path))
    return len(items)


def ranking(bundle: Path, catalogue: Path) -> str:
    """How Python ranks a catalogue for the bundle's golden set, as JSON."""
    card = load_card(bundle)
    shop = read_catalogue(catalogue, card)
    photos = np.fromfile(bundle / card.golden.set.features, np.uint8)
    photos = photos.reshape(-1, card.features.dimension)
    names = tuple(Path(str(row)) for row in range(len(photos)))
    prediction = Prediction(
        **vars(InterestModel(bundle, card)(photos)),
        bundle=bundle,
        card=card,
        photos=names,
        taken=(None,) * len(names),
        skipped=(),
        features=photos,
    )
    found = rank_products(prediction, catalogue, len(shop.items))
    return json.dumps([_line(each) for each in found], indent=1) + "\n"


def _line(each: Recommendation) -> dict[str, object]:
    return {
        "id": each.item.id,
        "score": each.score,
        "match": each.match,
        "interest": each.interest.id,
        "probability": each.probability,
        "photo": int(str(each.photo)),
        "suits": each.suits,
    }
