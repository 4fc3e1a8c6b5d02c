"""Photo evidence: its equations, and that its state can be carried and merged."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layer_contract import FEATURE_SCALE, random_features, with_random_weights
from scipy.special import expit, logit, logsumexp, softmax

from training.aggregators.hidden_layer import HiddenLayer
from training.aggregators.photo_classifier import LinearInputs, PhotoClassifier
from training.aggregators.photo_evidence import SCALARS, PhotoEvidence

CATEGORIES = 7


def photo_evidence(**scalars: float) -> PhotoEvidence:
    aggregator = with_random_weights(PhotoEvidence(16, CATEGORIES, FEATURE_SCALE))
    for name, value in (SCALARS | scalars).items():
        getattr(aggregator, name).assign(value)
    return aggregator


def initial_state(aggregator: PhotoEvidence) -> np.ndarray:
    spec = aggregator.state_spec()
    return np.full(spec.shape, spec.initial, np.float32)


def test_follows_the_equations() -> None:
    s, d, t, a, o, k = 0.7, -0.4, 1.6, 0.9, -0.3, 0.4
    aggregator = photo_evidence(
        scale=s,
        none_offset=d,
        inverse_temperature=t,
        slope=a,
        offset=o,
        set_size_penalty=k,
    )
    features = random_features(9, 16)
    kernel, bias = (w.numpy().astype(float) for w in aggregator.classifier.weights)
    standardised = aggregator.standardise(features).numpy()
    assert np.abs(standardised).max() > 1  # some are cut
    logits = s * (np.clip(standardised, -1, 1) @ kernel + bias)
    logits[:, -1] += d
    p = softmax(logits, axis=1)[:, :-1]
    evidence = t * logit(p)
    interest = expit(a * logsumexp(evidence, axis=0) / t + o - k * np.log(9))
    answer = aggregator.explain(features)
    np.testing.assert_allclose(answer["photo_probabilities"], p, atol=1e-5)
    np.testing.assert_allclose(answer["probabilities"], interest, atol=1e-5)
    shares = softmax(evidence, axis=0)
    np.testing.assert_allclose(answer["contributions"], shares, atol=1e-5)


def test_the_classifier_reads_hidden_units_beside_the_last_features() -> None:
    def with_hidden_units() -> PhotoEvidence:
        return PhotoEvidence(
            16, CATEGORIES, FEATURE_SCALE, hidden=5, linear_feature_offset=10
        )

    aggregator = with_random_weights(with_hidden_units())
    features = random_features(9, 16)
    standardised = aggregator.standardise(features).numpy()
    hidden = HiddenLayer(*(w.numpy() for w in aggregator.hidden_layer.weights))
    kernel, bias = (w.numpy() for w in aggregator.classifier.weights)
    classifier = PhotoClassifier(
        kernel, bias, hidden, LinearInputs(limit=1.0, start=10)
    )
    units = np.maximum(np.clip(standardised, -2, 2) @ hidden.kernel + hidden.bias, 0)
    predicted = np.hstack([np.clip(standardised, -1, 1)[:, 10:], units]) @ kernel + bias

    clipped = aggregator.clipped(features).numpy()
    np.testing.assert_allclose(classifier.logits(clipped), predicted, atol=1e-4)
    scaled = aggregator.scale.numpy() * predicted
    scaled[:, -1] += aggregator.none_offset.numpy()
    received = aggregator.photo_logits(features)
    np.testing.assert_allclose(received, scaled, atol=1e-4)
    other = with_random_weights(with_hidden_units())
    other.load_classifier(classifier)
    np.testing.assert_allclose(
        other.classifier(other.inputs(features)), predicted, atol=1e-4
    )
    assert other.linear_inputs == classifier.linear_inputs


@settings(deadline=None, max_examples=20)
@given(cuts=st.lists(st.integers(1, 29), max_size=4, unique=True).map(sorted))
def test_photos_may_come_in_any_batches(cuts: list[int]) -> None:
    aggregator = photo_evidence(
        inverse_temperature=1.6, slope=0.8, offset=-0.2, set_size_penalty=0.3
    )
    features = random_features(30, 16)
    state = initial_state(aggregator)
    for batch in np.split(features, cuts):
        state = aggregator.update(batch, state)["state"]
    received = aggregator.finish(state)["probabilities"]
    expected = aggregator.explain(features)["probabilities"]
    np.testing.assert_allclose(received, expected, atol=1e-5)


@settings(deadline=None, max_examples=20)
@given(cut=st.integers(1, 29))
def test_months_merge_by_logaddexp(cut: int) -> None:
    aggregator = photo_evidence(
        inverse_temperature=1.6, slope=0.8, offset=-0.2, set_size_penalty=0.3
    )
    assert aggregator.state_spec().merge == "logaddexp"
    features = random_features(30, 16)
    first, second = (
        aggregator.update(part, initial_state(aggregator))["state"].numpy()
        for part in (features[:cut], features[cut:])
    )
    received = aggregator.finish(np.logaddexp(first, second))["probabilities"]
    expected = aggregator.explain(features)["probabilities"]
    np.testing.assert_allclose(received, expected, atol=1e-5)


def test_no_photo_is_no_interest() -> None:
    aggregator = photo_evidence(set_size_penalty=2.0)
    probabilities = aggregator.finish(initial_state(aggregator))["probabilities"]
    np.testing.assert_array_equal(probabilities, 0)


def test_more_photos_of_nothing_raise_the_bar() -> None:
    aggregator = photo_evidence(set_size_penalty=0.5)
    state = initial_state(aggregator)
    state[:-1], state[-1] = 1.0, np.log(8)
    few = aggregator.finish(state)["probabilities"].numpy()
    state[-1] = np.log(800)
    many = aggregator.finish(state)["probabilities"].numpy()
    np.testing.assert_allclose(logit(few) - logit(many), 0.5 * np.log(100), atol=1e-4)


def test_padded_photos_do_not_count() -> None:
    aggregator = photo_evidence(set_size_penalty=0.7)
    features = random_features(6, 16)[None]
    padded = np.concatenate([features, np.full((1, 3, 16), 255, np.uint8)], axis=1)
    mask = np.arange(9)[None] < 6
    np.testing.assert_allclose(
        aggregator(padded, mask=mask), aggregator(features), atol=1e-5
    )


def test_refuses_a_limit_that_leaves_nothing() -> None:
    with pytest.raises(ValueError, match="feature_limit: expected .* received 0"):
        PhotoEvidence(16, CATEGORIES, FEATURE_SCALE, feature_limit=0)


def test_refuses_less_than_no_hidden_units() -> None:
    with pytest.raises(ValueError, match="hidden: expected 0 units .* received -1"):
        PhotoEvidence(16, CATEGORIES, FEATURE_SCALE, hidden=-1)


def test_refuses_a_hidden_layer_that_reads_less_than_the_linear_classifier() -> None:
    with pytest.raises(ValueError, match="hidden_limit: .* 1.0, received 0.5"):
        PhotoEvidence(16, CATEGORIES, FEATURE_SCALE, hidden=2, hidden_limit=0.5)


@pytest.mark.parametrize(("hidden", "start"), [(0, 3), (2, 16), (2, -1)])
def test_refuses_a_linear_classifier_that_reads_nothing_or_leaves_features_unread(
    hidden: int, start: int
) -> None:
    with pytest.raises(
        ValueError, match=f"linear_feature_offset: .* received {start} beside"
    ):
        PhotoEvidence(
            16, CATEGORIES, FEATURE_SCALE, hidden=hidden, linear_feature_offset=start
        )
