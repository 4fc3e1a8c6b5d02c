import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_interests.bundle.card import load_card
from photo_interests.models.interest_model import InterestModel
from tests.photo_interests.tiny_bundle import MAXIMUM_PHOTOS

NAMES = ("probabilities", "contributions", "photo_probabilities")


@pytest.fixture(scope="module")
def model(tiny_bundle_2):
    return InterestModel(tiny_bundle_2)


@pytest.fixture(scope="module")
def whole(tiny_bundle_2):
    """The same model with a card that allows any number of photos at once."""
    card = load_card(tiny_bundle_2)
    aggregator = card.aggregator.model_copy(update={"maximum_photos": 10**6})
    card = card.model_copy(update={"aggregator": aggregator})
    return InterestModel(tiny_bundle_2, card)


def _photos(photos, seed=0):
    generator = np.random.default_rng(seed)
    features = generator.integers(0, 256, (photos, 1024), dtype=np.uint8)
    weights = (1 / generator.integers(1, 6, photos)).astype(np.float32)
    return features, weights


def _arrays(output):
    return {name: getattr(output, name) for name in NAMES} | vars(output.repetition)


def test_shapes_and_what_they_mean(model):
    features, weights = _photos(7)
    output = model(features, weights)
    repetition = output.repetition
    interests, kinds = len(model.card.interests), len(model.card.kinds)
    assert output.probabilities.shape == (interests,)
    assert repetition.kind_probabilities.shape == (kinds,)
    assert repetition.photo_kind_probabilities.shape == (7, kinds)
    chances = output.photo_probabilities
    assert chances.max() > 0.5
    np.testing.assert_allclose(repetition.photos, chances.sum(0), atol=1e-5)
    np.testing.assert_allclose(repetition.events, weights @ chances, atol=1e-5)
    expected = 1 - np.prod((1 - chances) ** weights[:, None], axis=0)
    np.testing.assert_allclose(repetition.evident, expected, atol=1e-5)
    np.testing.assert_allclose(output.contributions.sum(0), 1, atol=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 4 * MAXIMUM_PHOTOS), st.integers(0, 999))
def test_chunks_equal_one_call(model, whole, photos, seed):
    features, weights = _photos(photos, seed)
    chunked, at_once = (_arrays(each(features, weights)) for each in (model, whole))
    assert chunked.keys() == at_once.keys()
    for name, values in at_once.items():
        assert chunked[name].dtype == np.float32
        np.testing.assert_allclose(
            chunked[name], values, rtol=1e-5, atol=1e-6, err_msg=name
        )


def test_order_is_irrelevant(model):
    features, weights = _photos(3 * MAXIMUM_PHOTOS)
    order = np.random.default_rng(1).permutation(len(features))
    plain, shuffled = model(features, weights), model(features[order], weights[order])
    np.testing.assert_allclose(shuffled.probabilities, plain.probabilities, atol=1e-5)
    np.testing.assert_allclose(
        shuffled.contributions, plain.contributions[order], atol=1e-6
    )


def test_photos_are_events_of_their_own_unless_weighted(model):
    features, weights = _photos(5)
    alone = model(features).repetition.events
    ones = model(features, np.ones(5, np.float32)).repetition.events
    np.testing.assert_array_equal(alone, ones)
    assert (model(features, weights).repetition.events < alone).all()


def test_a_burst_counts_once(model):
    features, _ = _photos(1)
    burst = np.repeat(features, 8, axis=0)
    output = model(burst, np.full(8, 1 / 8, np.float32))
    once = model(features)
    np.testing.assert_allclose(output.probabilities, once.probabilities, atol=1e-6)
    np.testing.assert_allclose(
        output.repetition.photos, 8 * once.repetition.photos, rtol=1e-5
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.ones(3, np.float64), "float32 \\(2,\\), received float64 \\(3,\\)"),
        (np.ones((2, 1), np.float32), "received float32 \\(2, 1\\)"),
        (np.array([1, 0], np.float32), "above 0 and up to 1, received 0.0 to 1.0"),
        (np.array([1, np.nan], np.float32), "above 0 and up to 1, received nan"),
    ],
)
def test_wrong_weights_are_refused(model, wrong, message):
    with pytest.raises(ValueError, match=message):
        model(_photos(2)[0], wrong)


def test_format_1_has_no_repetition(tiny_bundle):
    features, weights = _photos(2)
    model = InterestModel(tiny_bundle)
    assert model(features).repetition is None
    weighted = model(features, weights).probabilities
    np.testing.assert_array_equal(weighted, model(features).probabilities)
