"""Two bundles on the same galleries, and the step from one extractor to a base."""

import json

import numpy as np
import pytest

from training.aggregators.photo_evidence import PhotoEvidence
from training.experiments.everyday_galleries.backbones import Backbone
from training.experiments.everyday_galleries.compared_bundles import compare_bundles
from training.experiments.everyday_galleries.efficientnet_base import head_with
from training.experiments.everyday_galleries.paired_galleries import (
    gallery_sums,
    paired,
)
from training.experiments.everyday_galleries.records import HERE
from training.features.feature_set import FeatureSet
from training.galleries.galleries import Gallery
from training.galleries.metrics import Claims
from training.interests.bases import EFFICIENTNET, MOBILENET
from training.interests.config import GalleriesConfig
from training.interests.fit_heads import answers_of
from training.interests.parts import FEATURES
from training.vocabulary.interests import load_interests
from training.vocabulary.vocabulary import load_vocabulary

# Three photos and two claims: the first is on photos 0 and 1, the second on none.
SUPPORT = np.array([[1, 0], [1, 0], [0, 0]], bool)
GALLERIES = [Gallery("one", np.arange(3)), Gallery("two", np.array([2]))]


def claims(*shown: list[int]) -> Claims:
    return Claims(np.zeros((len(shown), 2)), np.array(shown, bool))


def test_what_is_shown_is_counted_by_gallery() -> None:
    sums = gallery_sums(claims([1, 1], [0, 1]), SUPPORT, SUPPORT, GALLERIES)
    assert sums.tolist() == [[1, 2, 1, 2, 2, 1, 1], [1, 1, 0, 0, 0, 0, 0]]


def test_a_system_differs_from_itself_by_nothing() -> None:
    sums = gallery_sums(claims([1, 1], [1, 1]), SUPPORT, SUPPORT, GALLERIES)
    for found in paired(sums, sums).values():
        assert found["value"] == found["low"] == found["high"] == 0


def test_the_second_system_minus_the_first() -> None:
    first, second = (
        gallery_sums(one, SUPPORT, SUPPORT, GALLERIES)
        for one in (claims([0, 1], [0, 1]), claims([1, 0], [0, 1]))
    )
    found = paired(first, second)
    assert found["right"]["value"] == 0.5
    assert found["false"]["value"] == -0.5
    assert found["precision"]["value"] == 0.5
    assert found["strong shown"]["value"] == 1
    assert found["shown"] == {"value": 0, "low": 0, "high": 0}


@pytest.fixture(scope="module")
def stored() -> FeatureSet:
    return FeatureSet.load(FEATURES)


def test_heads_of_a_base_answer_as_network_and_classifier(stored: FeatureSet) -> None:
    random = np.random.default_rng(3)
    kernel = random.normal(0, 0.05, (stored.dimension, 1000)).astype(np.float32)
    bias = random.normal(size=1000).astype(np.float32)
    backbone = Backbone("drawn", lambda one: one, stored.scale, kernel, bias)
    fitted = PhotoEvidence(stored.dimension, 178, stored.scale, hidden=6)
    fitted.build((None, None, stored.dimension))
    fitted.standardise.adapt(stored.features[stored.rows("train")])
    for weight in fitted.trainable_weights:
        weight.assign(random.normal(0, 0.1, weight.shape))
    head = head_with(fitted, backbone, stored, load_interests())
    photos = stored.features[:40]
    real = photos.astype(np.float32) * stored.scale
    expected = (real @ kernel + bias)[:, load_vocabulary().order]
    found = head.student_logits(head.standardise(photos))
    np.testing.assert_allclose(found, expected, atol=2e-3)
    assert answers_of(head, photos).sum() == pytest.approx(40, abs=1e-3)
    logits = np.asarray(fitted.photo_logits(photos))
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    labelled = head.labelled_probabilities(head.standardise(photos))
    np.testing.assert_allclose(labelled, chances[:, :-1], atol=1e-4)


@pytest.mark.slow
def test_bundles_are_compared_by_what_is_committed() -> None:
    config = GalleriesConfig(draws=1, large_draws=1)
    found = compare_bundles(MOBILENET, EFFICIENTNET, config)
    committed = json.loads((HERE / "bundles.json").read_text(encoding="utf-8"))
    assert {name: set(one) for name, one in found.items()} == {
        name: set(one) for name, one in committed["differences"].items()
    }
    for differences in found.values():
        assert all(
            one["low"] <= one["value"] <= one["high"] for one in differences.values()
        )
        assert differences["shown"]["value"] != 0
