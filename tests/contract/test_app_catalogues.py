"""The catalogues in the app's code are what Python writes today."""

import json
from pathlib import Path

import pytest

from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.recommendation.catalogue_file import read_catalogue
from training.experiments.app.catalogues import GOLDEN, SAMPLE, ranking
from training.experiments.app.sample_shop import PRODUCTS
from training.experiments.app.shipped_bundle import app_bundle

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def bundle():
    """The bundle that the app ships."""
    return app_bundle(ROOT)


def test_the_app_takes_catalogues_of_the_packages_bundle(bundle):
    """It refuses those of another one, and `photo-interests catalogue` makes these."""
    assert bundle == find_bundle()


def test_the_sample_is_of_the_apps_bundle(bundle):
    shop = read_catalogue(ROOT / SAMPLE, load_card(bundle))
    assert [item.id for item in shop.items] == list(PRODUCTS)
    assert all(item.thumbnail and item.title and item.link for item in shop.items)


def test_the_golden_ranking_is_pythons(bundle):
    directory = ROOT / GOLDEN
    expected = json.loads((directory / "ranking.json").read_text())
    received = json.loads(ranking(bundle, directory / "golden.catalogue"))
    assert [item["id"] for item in received] == [item["id"] for item in expected]
    for one, other in zip(received, expected, strict=True):
        assert one["score"] == pytest.approx(other["score"], rel=1e-4)
        assert {**one, "score": 0, "match": 0, "probability": 0} == {
            **other,
            "score": 0,
            "match": 0,
            "probability": 0,
        }
