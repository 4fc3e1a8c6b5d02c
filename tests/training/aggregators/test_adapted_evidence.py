"""Adapted evidence: its equation, its state, and that it can be saved."""

from pathlib import Path

import keras
import numpy as np
from layer_contract import FEATURE_SCALE, random_features, with_random_weights
from scipy.special import expit, logit

from training.aggregators.adapted_evidence import AdaptedEvidence
from training.aggregators.loading import load_aggregator
from training.aggregators.photo_evidence import PhotoEvidence


def adapted() -> AdaptedEvidence:
    universal = with_random_weights(PhotoEvidence(16, 7, FEATURE_SCALE))
    aggregator = AdaptedEvidence(universal)
    aggregator.build((None, None, 16))
    random = np.random.default_rng(1)
    aggregator.set_adapter(random.normal(size=7), random.normal(size=(7, 7)))
    return aggregator


def test_adds_offsets_and_context_to_the_universal_logits() -> None:
    aggregator = adapted()
    features = random_features(9, 16)
    universal = aggregator.universal.explain(features)
    answer = aggregator.explain(features)
    kernel, offsets = aggregator.context.get_weights()
    logits = logit(universal["probabilities"].astype(float))
    expected = expit(logits + expit(logits) @ kernel + offsets)
    np.testing.assert_allclose(answer["probabilities"], expected, atol=1e-5)
    for name in ("contributions", "photo_probabilities"):
        np.testing.assert_array_equal(answer[name], universal[name])
    np.testing.assert_allclose(
        expit(aggregator(features[None])[0]), answer["probabilities"], atol=1e-5
    )


def test_without_weights_it_is_the_universal_one() -> None:
    aggregator = adapted()
    aggregator.set_adapter(np.zeros(7), np.zeros((7, 7)))
    features = random_features(5, 16)
    np.testing.assert_allclose(
        aggregator.explain(features)["probabilities"],
        aggregator.universal.explain(features)["probabilities"],
    )


def test_photos_may_come_one_after_the_other(tmp_path: Path) -> None:
    keras.saving.save_model(adapted(), tmp_path / "aggregator.keras")
    aggregator = load_aggregator(tmp_path / "aggregator.keras")
    spec = aggregator.state_spec()
    state = np.full(spec.shape, spec.initial, np.float32)
    features = random_features(12, 16)
    for part in np.split(features, [3, 4]):
        state = aggregator.update(part, state)["state"]
    np.testing.assert_allclose(
        aggregator.finish(state)["probabilities"],
        adapted().explain(features)["probabilities"],
        atol=1e-5,
    )
