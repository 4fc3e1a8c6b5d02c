"""The ablation of photo evidence, fitted on validation users, measured on test ones."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.special import expit

from training.adapter.fit_adapter import choose_and_fit
from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.evidence_scalars import (
    LabelledSets,
    fit_scalars,
    interest_logits,
    photo_evidence,
    tune_size_penalty,
)
from training.experiments.mil_ablation.background_scores import energy
from training.experiments.mil_ablation.photo_scores import PhotoScores, score_photos
from training.experiments.mil_ablation.variants import Variant
from training.features.feature_set import FeatureSet
from training.metrics.interest_metrics import at_k, average_precision, false_positives
from training.simulation import scenario_names
from training.simulation.photo_pools import sample_without_replacement
from training.simulation.user_sets import UserSets, labels

logger = logging.getLogger(__name__)
UNSEEN = "held-out classes"
"""Validation people who show held-out classes alone."""
TEST = (
    scenario_names.USERS,
    scenario_names.gallery(100),
    scenario_names.gallery(500),
    scenario_names.gallery(4096),
    scenario_names.INTEREST_FREE_UNSEEN,
    scenario_names.CONTRIBUTORS,
)
DISTANCE_WEIGHTS = (0.5, 1.0, 2.0, 4.0)
THRESHOLD = 0.5
TRAINING_USERS = 2000
"""Of those that in-fold scalars are fitted on; as many as validation has."""


def study_evidence(
    variants: Sequence[Variant],
    config: PhotoEvidenceConfig,
    feature_set: FeatureSet,
    user_sets: UserSets,
) -> dict[str, dict[str, Any]]:
    """Fit and measure variants.

    Returns:
        Ready for JSON: by variant `scalars`, and `validation` and `test`: scenario ->
        `map`, `recall` (of interests above .5) and `false_interests`.
    """
    known: dict[tuple[object, ...], PhotoScores] = {}
    found = {}
    for variant in variants:
        changed = replace(config, **variant.config)
        if variant.classifier not in known:
            known[variant.classifier] = score_photos(
                changed, feature_set, variant.background_share
            )
        scores = known[variant.classifier]
        found[variant.name] = _study(variant, changed, scores, feature_set, user_sets)
        predicted = found[variant.name]["validation"]
        logger.info("%s: %s", variant.name, predicted[scenario_names.USERS])
    return found


def _study(
    variant: Variant,
    config: PhotoEvidenceConfig,
    scores: PhotoScores,
    feature_set: FeatureSet,
    user_sets: UserSets,
) -> dict[str, Any]:
    total = len(scores.logits) + len(scores.unseen)
    fitted = {
        scenario: _sets(
            feature_set, user_sets, scenario, variant.fitted_on, weight, total
        )
        for scenario, weight in config.scenarios
        if variant.fitted_on in user_sets.scenarios.get(scenario, ())
    }
    if len(scores.unseen):
        fitted[UNSEEN] = _held_out_class_users(config, user_sets, scores, total)
    classes = np.full(total, scores.logits.shape[1] - 1)
    classes[: len(scores.labels)] = scores.labels
    photos = [len(u.photos) for u in user_sets.sets(scenario_names.USERS, "validation")]
    candidates = []
    for logits in _photo_logits(variant, config, scores):
        scalars = fit_scalars(
            logits, classes, list(fitted.values()), config.photo_weight,
            variant.fixed, variant.pool,
        )  # fmt: skip
        if variant.raised:
            galleries = [
                s for w, s in fitted.items() if w not in (scenario_names.USERS, UNSEEN)
            ]
            scalars = tune_size_penalty(
                scalars, logits, galleries, config.max_false_positives,
                float(np.median(photos)), variant.pool,
            )  # fmt: skip
        evidence = photo_evidence(logits, scalars)
        predicted = interest_logits(
            fitted[scenario_names.USERS], evidence, scalars, variant.pool
        )
        truth = fitted[scenario_names.USERS].truth
        loss = float((np.logaddexp(0.0, predicted) - truth * predicted).mean())
        candidates.append((loss, scalars, evidence))
    _, scalars, evidence = min(candidates, key=lambda one: one[0])
    adapter = None
    if variant.context:
        users = fitted[scenario_names.USERS]
        predicted = interest_logits(users, evidence, scalars, variant.pool)
        adapter = choose_and_fit(predicted, users.truth.astype(bool), config.seed)

    def measured(sets: LabelledSets) -> dict[str, float]:
        predicted = interest_logits(sets, evidence, scalars, variant.pool)
        predicted = predicted if adapter is None else adapter.adapt(predicted)
        return _measured(sets.truth.astype(bool), expit(predicted))

    splits: dict[str, dict[str, Any]] = {"validation": {}, "test": {}}
    for split, by_scenario in splits.items():
        for scenario in TEST:
            if split in user_sets.scenarios.get(scenario, ()):
                sets = _sets(feature_set, user_sets, scenario, split, 1.0, total)
                by_scenario[scenario] = measured(sets)
    if UNSEEN in fitted:
        splits["validation"][UNSEEN] = measured(fitted[UNSEEN])
    return {"scalars": scalars, **splits}


def _photo_logits(
    variant: Variant, config: PhotoEvidenceConfig, scores: PhotoScores
) -> list[np.ndarray]:
    """Logits of all photos and the unseen ones; several where a weight is chosen."""
    logits = np.concatenate([scores.logits, scores.unseen]).astype(np.float64)
    logits[:, :-1] -= config.prior_correction * scores.excess
    if variant.none == "class":
        return [logits]
    if variant.none == "energy":
        return [energy(logits)]
    candidates = []
    for weight in DISTANCE_WEIGHTS:
        changed = energy(logits)
        changed[:, -1] = weight * scores.distances
        candidates.append(changed)
    return candidates


def _sets(
    feature_set: FeatureSet,
    user_sets: UserSets,
    scenario: str,
    split: str,
    weight: float,
    photos: int,
) -> LabelledSets:
    users = user_sets.sets(scenario, split)[:TRAINING_USERS]
    truth = labels(users, feature_set)
    return LabelledSets.of([user.photos for user in users], truth, weight, photos)


def _held_out_class_users(
    config: PhotoEvidenceConfig, user_sets: UserSets, scores: PhotoScores, total: int
) -> LabelledSets:
    people = user_sets.sets(scenario_names.INTEREST_FREE_SEEN, "validation")
    sizes = [len(one.photos) for one in people]
    users = np.repeat(np.arange(len(people)), sizes)
    numbers = np.arange(len(scores.logits), total, dtype=np.int32)
    dealt = sample_without_replacement(
        np.random.default_rng(config.seed), users, numbers
    )
    truth = np.zeros((len(people), scores.logits.shape[1] - 1), np.uint8)
    shown = np.split(dealt, np.cumsum(sizes)[:-1])
    return LabelledSets.of(shown, truth, config.held_out_weight, total)


def _measured(truth: np.ndarray, probabilities: np.ndarray) -> dict[str, float]:
    false = float(false_positives(truth, probabilities, THRESHOLD).mean())
    if not truth.any():
        return {"false_interests": false}
    predicted = at_k(truth, probabilities, truth.shape[1], THRESHOLD)
    return {
        "map": float(np.nanmean(average_precision(truth, probabilities))),
        "recall": float(np.nanmean(predicted.recall)),
        "false_interests": false,
    }
