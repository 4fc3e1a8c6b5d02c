import json
import shutil

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from photo_interests.bundle.card import CardError, load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.models.interest_model import InterestModel
from tests.photo_interests.tiny_bundle import MAXIMUM_PHOTOS


@pytest.fixture(scope="module")
def model(tiny_bundle):
    return InterestModel(tiny_bundle)


def _features(photos, seed=0):
    generator = np.random.default_rng(seed)
    return generator.integers(0, 256, (photos, 1024), dtype=np.uint8)


def _whole(bundle):
    """The same model with a card that allows any number of photos at once."""
    card = load_card(bundle)
    aggregator = card.aggregator.model_copy(update={"maximum_photos": 10**6})
    return InterestModel(bundle, card.model_copy(update={"aggregator": aggregator}))


def test_the_int8_file_is_run_where_there_is_one():
    released = find_bundle()
    card = load_card(released)
    assert card.aggregator.run_file == "aggregator-int8.tflite"
    features = _features(3)
    output, chosen, floating = (
        InterestModel(released, card, file)(features).probabilities
        for file in (None, card.aggregator.int8_file, card.aggregator.file)
    )
    np.testing.assert_array_equal(output, chosen)
    assert np.abs(output - floating).max() > 0
    none = card.aggregator.model_copy(update={"int8_file": None})
    assert none.run_file == card.aggregator.file


@pytest.mark.parametrize("photos", [1, 2, 5, MAXIMUM_PHOTOS])
def test_answer(model, photos):
    output = model(_features(photos))
    assert output.probabilities.shape == (2,)
    assert output.contributions.shape == (photos, 2)
    assert output.photo_probabilities.shape == (photos, 2)
    assert 0 < output.probabilities.min() < output.probabilities.max() < 1
    np.testing.assert_allclose(output.contributions.sum(0), 1, atol=1e-5)


@pytest.mark.parametrize("extra", [1, 2, MAXIMUM_PHOTOS, 3 * MAXIMUM_PHOTOS + 5])
def test_chunks_equal_one_call(model, tiny_bundle, extra):
    features = _features(MAXIMUM_PHOTOS + extra)
    chunked, whole = model(features), _whole(tiny_bundle)(features)
    np.testing.assert_allclose(
        chunked.probabilities, whole.probabilities, rtol=0, atol=1e-5
    )
    np.testing.assert_allclose(
        chunked.contributions, whole.contributions, rtol=1e-4, atol=1e-6
    )
    np.testing.assert_allclose(
        chunked.photo_probabilities, whole.photo_probabilities, rtol=0, atol=1e-6
    )
    assert chunked.contributions.dtype == np.float32


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(1, 2 * MAXIMUM_PHOTOS), st.integers(0, 999))
def test_order_of_photos_is_irrelevant(model, photos, seed):
    features = _features(photos, seed)
    order = np.random.default_rng(seed).permutation(photos)
    plain, shuffled = model(features), model(features[order])
    np.testing.assert_allclose(shuffled.probabilities, plain.probabilities, atol=1e-5)
    np.testing.assert_allclose(
        shuffled.contributions, plain.contributions[order], atol=1e-5
    )


def test_no_photos(model):
    with pytest.raises(ValueError, match="no photos"):
        model(_features(0))


@pytest.mark.parametrize(
    "wrong",
    [np.zeros((2, 512), np.uint8), np.zeros((2, 1024), np.float32), np.zeros(1024)],
)
def test_other_features_are_refused(model, wrong):
    with pytest.raises(ValueError, match="features: expected uint8 .*1024.*, received"):
        model(wrong)


def _respoken(tiny_bundle, tmp_path, change):
    """A bundle whose card differs from its aggregator."""
    bundle = shutil.copytree(tiny_bundle, tmp_path / "bundle")
    content = json.loads((bundle / "card.json").read_text())
    change(content)
    (bundle / "card.json").write_text(json.dumps(content))
    return bundle


def test_stateless_model_refuses_too_many(tiny_bundle):
    card = load_card(tiny_bundle)
    aggregator = card.aggregator.model_copy(update={"state": None, "kind": "average"})
    model = InterestModel(
        tiny_bundle, card.model_copy(update={"aggregator": aggregator})
    )
    with pytest.raises(ValueError, match="at most 32, .* average .*received 33"):
        model(_features(33))


def test_missing_signatures_are_refused(tiny_bundle, tmp_path):
    def drop_state(content):
        content["aggregator"]["state"] = None
        del content["aggregator"]["signatures"]["update"]
        del content["aggregator"]["signatures"]["finish"]

    with pytest.raises(CardError, match=r"expected signatures \['predict'\], received"):
        InterestModel(_respoken(tiny_bundle, tmp_path, drop_state))


def test_other_shapes_are_refused(tiny_bundle, tmp_path):
    def add_interest(content):
        extra = {"id": "a.cow", "names": {"en": "Cows"}, "area": "animals"}
        content["categories"].append(extra)
        outputs = content["aggregator"]["signatures"]["predict"]["outputs"]
        outputs["probabilities"] = [3]
        outputs["contributions"] = outputs["photo_probabilities"] = ["N", 3]

    with pytest.raises(CardError, match="expected predict to give"):
        InterestModel(_respoken(tiny_bundle, tmp_path, add_interest))


def test_other_inputs_are_refused(tiny_bundle, tmp_path):
    def longer_state(content):
        content["aggregator"]["state"]["shape"] = [4]
        signatures = content["aggregator"]["signatures"]
        signatures["update"]["inputs"]["state"] = [4]
        signatures["update"]["outputs"]["state"] = [4]
        signatures["finish"]["inputs"]["state"] = [4]

    with pytest.raises(CardError, match=r"aggregator.tflite: expected (finish|update)"):
        InterestModel(_respoken(tiny_bundle, tmp_path, longer_state))
