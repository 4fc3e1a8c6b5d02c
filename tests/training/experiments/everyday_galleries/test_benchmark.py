import dataclasses

import numpy as np
import pytest

from training.experiments.everyday_galleries.baselines import counted
from training.galleries.config import OWNERS, Owner
from training.galleries.galleries import (
    Gallery,
    draw_galleries,
    photo_weights,
)
from training.galleries.metrics import (
    at_threshold,
    reliability,
    score,
    strong_recall,
)
from training.galleries.photos import (
    EverydayPhotos,
    load_everyday_photos,
    save_everyday_photos,
)
from training.galleries.truth import (
    load_label_interests,
    photo_truth,
)
from training.vocabulary.interests import Interests, load_interests


@pytest.fixture(scope="module")
def photos() -> EverydayPhotos:
    return load_everyday_photos()


@pytest.fixture(scope="module")
def interests() -> Interests:
    return load_interests()


def test_the_stored_photos_are_those_of_the_benchmark(photos: EverydayPhotos) -> None:
    assert photos.features.shape == (2428, 1024)
    assert photos.features.dtype == np.uint8
    assert len(set(photos.names)) == 2428
    assert len(set(photos.sources)) == 15


def test_every_label_has_its_interests(
    photos: EverydayPhotos, interests: Interests
) -> None:
    table = load_label_interests(interests)
    used = {label for labels in photos.labels for label in labels}
    assert used == set(table.accepted)


def test_photos_survive_saving(photos: EverydayPhotos, tmp_path) -> None:
    some = photos.rows(np.arange(7))
    save_everyday_photos(some, tmp_path)
    read = load_everyday_photos(tmp_path)
    assert read.names == some.names
    assert read.labels == some.labels
    np.testing.assert_array_equal(read.features, some.features)


def test_photos_of_different_numbers_are_refused(photos: EverydayPhotos) -> None:
    with pytest.raises(ValueError, match="one number of photos"):
        dataclasses.replace(photos, names=photos.names[:-1])


def test_galleries_are_the_same_for_the_same_seed(photos: EverydayPhotos) -> None:
    first = draw_galleries(photos, draws=2)
    second = draw_galleries(photos, draws=2)
    other = draw_galleries(photos, draws=2, seed=99)
    assert len(first) == 2 * len(OWNERS)
    assert all(
        np.array_equal(a.rows, b.rows) for a, b in zip(first, second, strict=True)
    )
    assert not np.array_equal(first[0].rows, other[0].rows)


def test_a_photo_stands_once_in_a_gallery_of_its_size(photos: EverydayPhotos) -> None:
    for gallery in draw_galleries(photos, draws=3):
        assert len(set(gallery.rows)) == len(gallery.rows)
        assert 100 <= len(gallery.rows) <= 160


def test_large_galleries_have_a_thousand_or_all_there_are(
    photos: EverydayPhotos,
) -> None:
    galleries = draw_galleries(photos, draws=1, large=True)
    assert "camera roll" not in {gallery.owner for gallery in galleries}
    assert max(len(gallery.rows) for gallery in galleries) == 1000


def test_an_owner_has_the_shares_that_its_weights_say(photos: EverydayPhotos) -> None:
    owner = Owner("cats alone", {"cat": 0.75}, {"camera": 0.25})
    weights = photo_weights(photos, owner)
    cats = photos.has("cat")
    assert weights[cats].sum() == pytest.approx(0.75)
    assert weights[photos.sources == "camera"].sum() == pytest.approx(0.25)
    assert weights.sum() == pytest.approx(1)


def test_an_interest_is_supported_by_the_labels_of_its_photos(
    photos: EverydayPhotos, interests: Interests
) -> None:
    truth = photo_truth(photos, interests, load_label_interests(interests))
    np.testing.assert_array_equal(
        truth.interests[:, interests.index["cats"]],
        photos.has("cat") | photos.has("pet"),
    )
    np.testing.assert_array_equal(
        truth.named[:, interests.index["cats"]], photos.has("cat")
    )
    tabby = interests.kind_index["imagenet.tabby"]
    np.testing.assert_array_equal(
        truth.kinds[:, tabby], photos.has("cat") | photos.has("pet")
    )


def test_scores_of_two_galleries_by_hand() -> None:
    support = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]], bool)
    galleries = [Gallery("a", np.array([0, 1, 3])), Gallery("b", np.array([2, 3]))]
    claims = at_threshold(np.array([[0.9, 0.8, 0.1], [0.2, 0.6, 0.0]]))
    result = {
        name: one.value for name, one in score(claims, support, galleries).items()
    }
    assert result["shown"] == pytest.approx(1.5)
    assert result["right"] == pytest.approx(1)
    assert result["false"] == pytest.approx(0.5)
    assert result["precision"] == pytest.approx(2 / 3)
    assert result["fits"] == pytest.approx(3 / 5)
    assert result["fits_nameable"] == pytest.approx(1)
    # .9 right, .8 false, .6 right, each alone in its decile
    assert result["ece"] == pytest.approx((0.1 + 0.8 + 0.4) / 3)


def test_reliability_counts_shown_claims_by_decile() -> None:
    support = np.array([[1, 0], [0, 0]], bool)
    claims = at_threshold(np.array([[0.95, 0.55]]))
    table = reliability(claims, support, [Gallery("a", np.array([0, 1]))])
    np.testing.assert_allclose(table[9], [1, 0.95, 1])
    np.testing.assert_allclose(table[5], [1, 0.55, 0])


def test_strong_interests_are_those_of_a_twentieth_of_the_photos(
    interests: Interests,
) -> None:
    ids = tuple(one.id for one in interests.interests)
    dogs, cats = interests.index["dogs"], interests.index["cats"]
    named = np.zeros((40, len(ids)), bool)
    named[:2, dogs] = True
    named[:1, cats] = True
    probabilities = np.zeros((1, len(ids)))
    probabilities[0, dogs] = 0.6
    recall = strong_recall(
        at_threshold(probabilities), named, [Gallery("a", np.arange(40))], ids
    )
    assert recall["all"] == (1.0, 1)
    assert recall["dogs"] == (1.0, 1)
    assert recall["cats"][1] == 0


def test_counting_wants_as_many_photos_as_asked_for() -> None:
    answers = np.array([[0.9, 0.9], [0.6, 0.4], [0.1, 0.2]])
    galleries = [Gallery("a", np.arange(3))]
    np.testing.assert_array_equal(
        counted(answers, galleries, photos=2).shown, [[True, False]]
    )
    np.testing.assert_array_equal(
        counted(answers, galleries, photos=1).shown, [[True, True]]
    )
