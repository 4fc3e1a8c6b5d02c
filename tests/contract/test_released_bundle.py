"""What the released bundles promise: the same golden files the app is held to."""

from pathlib import Path

import numpy as np
import pytest

from export.adapt_command import ADAPTED
from photo_interests.bundle.card import load_card, to_json
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from photo_interests.models.interest_model import InterestModel
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.photos.pixels import read_pixels
from photo_interests.predict import predict_photos

MODELS = Path(__file__).parent.parent.parent / "models"


@pytest.fixture(
    scope="module",
    params=sorted(path.parent.name for path in MODELS.glob("*/card.json")),
)
def bundle(request):
    return MODELS / request.param


@pytest.fixture(scope="module")
def card(bundle):
    return load_card(bundle)


def _raw(bundle, name, dtype, *shape):
    return np.fromfile(bundle / name, dtype).reshape(shape)


def _golden_pixels(bundle, card, case):
    rule = card.input
    shape = (rule.height, rule.width, len(rule.channels))
    return _raw(bundle, case.pixels, np.uint8, *shape)


def _golden_set(bundle, card):
    name = card.golden.set.features
    return _raw(bundle, name, np.uint8, -1, card.features.dimension)


def test_there_is_a_released_bundle():
    assert find_bundle().parent == MODELS
    assert load_card(find_bundle()).name == find_bundle().name


def test_another_bundle_is_found_by_its_name():
    assert find_bundle(ADAPTED) == MODELS / ADAPTED
    with pytest.raises(
        FileNotFoundError, match="no bundle 'absent': expected one at .*absent"
    ):
        find_bundle("absent")


def test_files_are_exactly_those_of_the_card(bundle, card):
    names = {
        path.relative_to(bundle).as_posix()
        for path in bundle.rglob("*")
        if path.is_file()
    }
    assert names == {"card.json", *card.files}


def test_card_is_written_as_export_writes_it(bundle, card):
    assert (bundle / "card.json").read_text(encoding="utf-8") == to_json(card)


def test_rule_is_the_one_training_used(card):
    sizes = {"scale", "height", "width", "reduced_decode"}
    assert card.input.model_dump(exclude=sizes) == INPUT_RULE.model_dump(exclude=sizes)
    assert card.input.height == card.input.width <= INPUT_RULE.height
    assert 2 * card.input.reduced_decode.minimum_side == 3 * card.input.height
    assert np.float32(card.input.scale) == np.float32(INPUT_RULE.scale)


def test_every_area_and_category_has_both_names(card):
    for thing in (*card.areas, *card.interests):
        assert set(thing.names) == {"en", "de"}, thing.id
    assert {category.area for category in card.interests} == {
        area.id for area in card.areas
    }


def test_golden_images_give_golden_pixels(bundle, card):
    assert len(card.golden.cases) >= 5
    for case in card.golden.cases:
        expected = _golden_pixels(bundle, card, case).astype(int)
        received = read_pixels(bundle / case.image, card.input)
        difference = np.abs(received - expected).mean()
        assert difference <= card.tolerances.pixels_mean_absolute, case.image


def test_golden_pixels_give_golden_features(bundle, card):
    extractor = Extractor(bundle)
    for case in card.golden.cases:
        expected = _raw(bundle, case.features, np.uint8, -1).astype(float)
        pixels = _golden_pixels(bundle, card, case)
        received = extractor(pixels[None])[0].astype(float)
        cosine = received @ expected
        cosine /= np.linalg.norm(received) * np.linalg.norm(expected)
        assert 1 - cosine <= card.tolerances.features_cosine_distance, case.image


def test_golden_set_gives_golden_answer(bundle, card):
    features, files = _golden_set(bundle, card), card.golden.set.model_dump()
    weights = _raw(bundle, files["weights"], "<f4", -1) if card.kinds else None
    output = InterestModel(bundle)(features, weights)
    names = {"probabilities", "contributions", "photo_probabilities"}
    found = vars(output)
    if card.kinds:
        names |= {"kind_probabilities", "photos", "events"}
        found = found | vars(output.repetition)
    assert names == files.keys() - {"features", "weights"}
    for name in names:
        expected = _raw(bundle, files[name], "<f4", *found[name].shape)
        # Numbers of photos add up what single photos differ by.
        np.testing.assert_allclose(
            found[name],
            expected,
            rtol=0,
            atol=card.tolerances.probabilities * max(1, expected.max()),
            err_msg=name,
        )


def test_chunks_merge_to_the_answer_of_one_call(bundle, card):
    features = _golden_set(bundle, card)
    aggregator = card.aggregator.model_copy(update={"maximum_photos": 3})
    small = card.model_copy(update={"aggregator": aggregator})
    assert len(features) > 3
    if card.aggregator.state is None:
        with pytest.raises(ValueError, match="at most 3"):
            InterestModel(bundle, small)(features)
        return
    whole = InterestModel(bundle)(features)
    parts = InterestModel(bundle, small)(features)
    for name in ("probabilities", "contributions", "photo_probabilities"):
        np.testing.assert_allclose(
            getattr(parts, name), getattr(whole, name), rtol=0, atol=1e-5, err_msg=name
        )


def test_predict_reads_the_golden_images(bundle, card):
    images = [bundle / case.image for case in card.golden.cases]
    prediction = predict_photos(
        images, PhotoReader(bundle, card, processes=2, threads=1)
    )
    # One has a few pixels: a test of bytes, which shows no interest.
    (skipped,) = prediction.skipped
    assert "nothing to see" in skipped.reason
    assert set(prediction.photos) == {*images} - {skipped.path}
    assert prediction.probabilities.shape == (len(card.interests),)
