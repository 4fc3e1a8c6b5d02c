import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_interests.models.model_output import ModelOutput
from photo_interests.recommendation import item_scores
from photo_interests.recommendation.item_scores import (
    PRIOR,
    SHARPNESS,
    UserPreferenceProfile,
    explain,
    score_items,
    unit_vectors,
)

DIMENSION, INTERESTS = 12, 4


def output(photos, seed=0):
    random = np.random.default_rng(seed)
    chances = random.dirichlet(np.ones(INTERESTS + 1), photos)[:, :-1]
    return ModelOutput(
        random.random(INTERESTS).astype(np.float32),
        np.full((photos, INTERESTS), 1 / photos, np.float32),
        chances.astype(np.float32),
    )


def stored(rows, seed=0):
    random = np.random.default_rng([seed, 1])
    return random.integers(0, 256, (rows, DIMENSION)).astype(np.uint8)


@given(st.integers(1, 9), st.integers(1, 30), st.integers(0, 99))
def test_scores_are_the_double_sum(photos, items, seed):
    said, own, shop = (
        output(photos, seed),
        stored(photos, seed),
        stored(items, seed + 1),
    )
    chances = output(items, seed + 2).photo_probabilities
    expected = np.zeros(items)
    for i in range(items):
        for n in range(photos):
            cosine = (
                own[n].astype(float) @ shop[i] / np.linalg.norm(own[n].astype(float))
            ) / np.linalg.norm(shop[i].astype(float))
            agreement = said.probabilities * said.photo_probabilities[n] @ chances[i]
            expected[i] += agreement * np.exp(SHARPNESS * (cosine - 1)) / photos
        expected[i] += PRIOR * chances[i].sum() / INTERESTS
    received = score_items(UserPreferenceProfile.of(own, said), shop, chances)
    np.testing.assert_allclose(received, expected, rtol=2e-4)


@given(st.permutations(range(8)))
def test_order_of_photos_and_of_items_does_not_matter(order):
    said, own, shop = output(8), stored(8), stored(8, 5)
    chances = output(8, 3).photo_probabilities
    scores = score_items(UserPreferenceProfile.of(own, said), shop, chances)
    turned = ModelOutput(
        said.probabilities,
        said.contributions[order],
        said.photo_probabilities[order],
    )
    again = score_items(
        UserPreferenceProfile.of(own[order], turned), shop[order], chances[order]
    )
    np.testing.assert_allclose(again, scores[order], rtol=1e-5)


def test_parts_of_a_catalogue_score_as_the_whole(monkeypatch):
    profile, shop = UserPreferenceProfile.of(stored(5), output(5)), stored(30, 2)
    chances = output(30, 1).photo_probabilities
    whole = score_items(profile, shop, chances)
    monkeypatch.setattr(item_scores, "ITEMS_AT_ONCE", 7)
    np.testing.assert_allclose(score_items(profile, shop, chances), whole, rtol=1e-5)


def test_the_reason_is_the_photo_and_interest_in_the_item():
    """Two photos of two interests; the item is the picture of the second."""
    own = np.eye(2, DIMENSION, dtype=np.uint8) * 200
    chances = np.eye(2, INTERESTS, dtype=np.float32)
    said = ModelOutput(np.ones(INTERESTS, np.float32), chances, chances)
    reason = explain(UserPreferenceProfile.of(own, said), own[1], chances[1])
    assert (reason.photo, reason.interest) == (1, 1)
    assert reason.share == pytest.approx(1)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(0, 99))
def test_frames_of_a_video_score_as_one_photo(frames, seed):
    """All frames of each video look the same here; some videos have more."""
    photos = len(frames)
    said, own, shop = output(photos, seed), stored(photos, seed), stored(7, seed + 1)
    chances = output(7, seed + 2).photo_probabilities
    once = score_items(UserPreferenceProfile.of(own, said), shop, chances)
    rows = np.repeat(np.arange(photos), frames)
    repeated = ModelOutput(
        said.probabilities, said.contributions[rows], said.photo_probabilities[rows]
    )
    profile = UserPreferenceProfile.of(own[rows], repeated, rows=rows)
    np.testing.assert_allclose(score_items(profile, shop, chances), once, rtol=1e-5)


def test_the_reason_is_the_video_whose_frames_contribute_most_together():
    """A photo, and a video of three frames of which each contributes less."""
    own = np.full((4, DIMENSION), 200, np.uint8)
    chances = np.zeros((4, INTERESTS), np.float32)
    chances[:, 2] = [0.5, 0.6, 0.8, 0.7]
    said = ModelOutput(np.ones(INTERESTS, np.float32), chances, chances)
    rows = np.array([0, 1, 1, 1])
    profile = UserPreferenceProfile.of(own, said, rows=rows)
    item = np.eye(INTERESTS, dtype=np.float32)[2]
    assert profile.interests[:, 2].argmax() == 0
    assert explain(profile, own[0], item, rows)[:2] == (2, 2)


def test_what_looks_the_same_comes_before_what_is_only_of_the_same_kind():
    own = stored(1)
    said = ModelOutput(
        *(np.ones(s, np.float32) for s in (INTERESTS, (1, INTERESTS))), None
    )
    said = ModelOutput(said.probabilities, said.contributions, said.contributions)
    shop = np.concatenate([255 - own, own])
    chances = np.ones((2, INTERESTS), np.float32)
    scores = score_items(UserPreferenceProfile.of(own, said), shop, chances)
    assert scores[1] > scores[0]


def test_popularity_orders_what_no_photo_matches():
    profile = UserPreferenceProfile(
        np.zeros((1, DIMENSION), np.float32), np.zeros((1, 2), np.float32)
    )
    chances = np.eye(2, dtype=np.float32)
    scores = score_items(profile, stored(2), chances, np.array([0.2, 0.8], np.float32))
    np.testing.assert_allclose(scores, [0.2 * PRIOR, 0.8 * PRIOR], rtol=1e-5)


def test_a_black_picture_has_no_direction_and_no_nan():
    assert not np.isnan(unit_vectors(np.zeros((1, 3), np.uint8))).any()
