from dataclasses import replace

import numpy as np
import pytest

from training.experiments.recommenders.layouts.simulated import (
    END,
    VALIDATION_DAYS,
    ShopConfig,
    part_photos,
    simulate_shop,
    style_of,
)
from training.simulation.config import get_config

SMALL = ShopConfig(seed=3, warm=120, few=60, new=80, warm_interactions=10)


@pytest.fixture(scope="module")
def shop(feature_set):
    return simulate_shop(feature_set, get_config(), SMALL)


def test_same_seed_same_shop(shop, feature_set):
    again = simulate_shop(feature_set, get_config(), SMALL)
    assert again.events.equals(shop.events)
    other = simulate_shop(feature_set, get_config(), replace(SMALL, seed=4))
    assert not other.events.equals(shop.events)


def test_no_product_stands_in_a_gallery_and_all_are_test_photos(shop, feature_set):
    shown = np.concatenate(shop.galleries)
    assert not set(shop.item_photos) & set(shown)
    split = feature_set.photos["split"].to_numpy()
    assert set(split[shop.item_photos]) == set(split[shown]) == {"test"}


def test_near_duplicates_stay_on_one_side(feature_set):
    photos = feature_set.photos.copy()
    photos["group"] //= 2  # neighbours become duplicates
    doubled = replace(feature_set, photos=photos)
    sides = part_photos(np.random.default_rng(0), doubled)
    groups = [set(photos["group"].to_numpy()[side]) for side in sides]
    assert groups[0] and groups[1] and not groups[0] & groups[1]


def test_users_are_split_by_time_and_new_ones_are_new(shop):
    data, days = shop.data, shop.events["time"]
    assert (days < END).sum() == len(data.train)
    assert (days >= END + VALIDATION_DAYS).sum() == len(data.test)
    groups = dict(zip(*np.unique(data.groups, return_counts=True), strict=True))
    assert groups["new"] >= SMALL.new - 5 and groups["warm"] > SMALL.warm / 2
    new = np.flatnonzero(data.groups == "new")
    tested, validated = (
        np.intersect1d(part[:, 0], new) for part in (data.test, data.validation)
    )
    assert len(tested) and len(validated) and not set(tested) & set(validated)


def test_some_products_come_after_training(shop):
    data = shop.data
    never = np.setdiff1d(np.arange(len(data.items)), data.train[:, 1])
    assert len(never) >= 0.1 * len(data.items)
    assert np.isin(data.test[:, 1], never).any()


def test_what_is_taken_is_of_the_interests_that_are_photographed(shop, feature_set):
    """A user's photos tell of the categories of what the user takes."""
    kinds = feature_set.category_indices
    own, others = [], []
    photographed = [set(kinds[photos]) - {-1} for photos in shop.galleries]
    for user, item in shop.data.test:
        number = int(shop.data.users[user])
        kind = shop.data.categories[item]
        own.append(kind in photographed[number])
        others.append(kind in photographed[number - 1])
    assert np.mean(own) > np.mean(others) + 0.2


def test_the_preference_shows_in_what_is_taken(feature_set):
    """With a strong preference, users' products of a category look alike."""

    def likeness(preference):
        config = replace(SMALL, preference=preference, quality=0.0)
        shop = simulate_shop(feature_set, get_config(), config)
        style = style_of(feature_set, np.sort(feature_set.rows("test"))[:190])
        values = []
        for number, items in enumerate(shop.data.taken):
            gallery = shop.galleries[int(shop.data.users[number])]
            values += [
                float(style[shop.item_photos[item]] @ style[photo])
                for item in items
                for photo in gallery
            ]
        return np.mean(values)

    assert likeness(6.0) > likeness(0.0) + 0.1


def test_users_of_every_interaction_once(shop):
    assert not shop.events.duplicated(["user", "item"]).any()
