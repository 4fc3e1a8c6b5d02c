"""Models of later interests from the evidence of earlier photos, at all settings."""

import logging
from collections.abc import Iterable, Mapping

import numpy as np
from sklearn.linear_model import Ridge

from training.experiments.temporal.taste_groups import TasteGroups, fit_taste_groups
from training.experiments.temporal.temporal_split import TemporalSplit

logger = logging.getLogger(__name__)
KINDS = ("all", "new")
RIDGES = (1.0, 10.0, 100.0, 1000.0, 10_000.0, 100_000.0)
EASE_PENALTIES = (10.0, 100.0, 1000.0, 10_000.0, 100_000.0)
GROUPS = (8, 15, 30, 60)
CONCENTRATION = 0.1
READER_CONCENTRATIONS = (0.1, 0.3, 1.0, 3.0)
BLENDS = (0.0, 0.25, 0.5, 0.75)
BOUND_CONCENTRATIONS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
CO_OCCURRENCE = "co-occurrence over evidence"
EASE = "EASE over evidence"
Settings = dict[str, tuple[np.ndarray, np.ndarray]]
"""Scores of validation and of test users, by setting."""


def best_setting(validation: TemporalSplit, settings: Settings, kind: str) -> str:
    """The setting with the highest MAP of `all` or `new` on validation users."""
    means = {
        setting: validation.mean_precision(scores, kind)
        for setting, (scores, _) in settings.items()
    }
    return max(means, key=lambda setting: means[setting])


def next_interest_models(
    cuts: Mapping[str, TemporalSplit],
    evidence: str,
    tastes: np.ndarray | None,
    seed: int,
) -> dict[str, Settings]:
    """Score validation and test users by every model and setting.

    Args:
        cuts: By split.
        evidence: The aggregator whose answers co-occurrence and EASE read.
        tastes: The simulator's own groups, for the bound; None for real people.
        seed: Of the first groups.
    """
    parts = (cuts["validation"], cuts["test"])
    models = simple_models(cuts, evidence)
    models[CO_OCCURRENCE] = _co_occurrence(cuts, evidence, seed)
    for first in (f"{evidence} -> ridge", "popularity"):
        blended = _blends(parts[0], models[first], models[CO_OCCURRENCE])
        models[f"{first} and {CO_OCCURRENCE}"] = blended
    if tastes is not None:
        models["bound: true categories, the simulator's own groups"] = {
            f"concentration {c:g}, seen {seen:g}": _pair(
                _with_seen(
                    TasteGroups(tastes, c).expected(p.earlier.astype(float)),
                    p.earlier.astype(float),
                    seen,
                )
                for p in parts
            )
            for c in BOUND_CONCENTRATIONS
            for seen in BLENDS
        }
    return models


def simple_models(
    cuts: Mapping[str, TemporalSplit], evidence: str
) -> dict[str, Settings]:
    """Score by popularity, each aggregator, ridge over each, EASE, and blends of these.

    Args:
        cuts: By split.
        evidence: The aggregator whose answers EASE reads.
    """
    train, parts = cuts["train"], (cuts["validation"], cuts["test"])
    popularity = train.later.mean(axis=0)
    models: dict[str, Settings] = {
        "popularity": {"": _pair(np.tile(popularity, (len(p.later), 1)) for p in parts)}
    }
    for name in train.answers:
        models[name] = {"": _pair(p.answers[name] for p in parts)}
        models[f"{name} -> ridge"] = {
            f"penalty {penalty:g}": _ridge(cuts, name, penalty) for penalty in RIDGES
        }
    models[EASE] = _ease(cuts, evidence)
    for first, second in (("popularity", evidence), (f"{evidence} -> ridge", EASE)):
        blended = _blends(parts[0], models[first], models[second])
        models[f"{first} and {second}"] = blended
    return models


def _ridge(cuts: Mapping[str, TemporalSplit], name: str, penalty: float) -> tuple:
    ridge = Ridge(alpha=penalty)
    ridge.fit(cuts["train"].answers[name], cuts["train"].later.astype(np.float32))
    parts = (cuts["validation"], cuts["test"])
    return _pair(ridge.predict(p.answers[name]) for p in parts)


def _co_occurrence(
    cuts: Mapping[str, TemporalSplit], evidence: str, seed: int
) -> Settings:
    """Groups learned from training users' categories, read from others' evidence."""
    train = cuts["train"]
    counts = (train.earlier | train.later).astype(np.float32)
    answers = [cuts[split].answers[evidence] for split in ("validation", "test")]
    settings: Settings = {}
    for groups in GROUPS:
        model = fit_taste_groups(counts, groups, CONCENTRATION, seed=seed)
        logger.info("%d groups of taste fitted", groups)
        for concentration in READER_CONCENTRATIONS:
            reader = TasteGroups(model.tastes, concentration)
            for seen in BLENDS:
                name = (
                    f"{groups} groups, concentration {concentration:g}, seen {seen:g}"
                )
                settings[name] = _pair(
                    _with_seen(reader.expected(one), one, seen) for one in answers
                )
    return settings


def _ease(cuts: Mapping[str, TemporalSplit], evidence: str) -> Settings:
    """Weights between categories, none with itself, in closed form.

    Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", 2019; learned from
    training users' categories, read from others' evidence.
    """
    train = cuts["train"]
    taken = (train.earlier | train.later).astype(np.float64)
    gram = taken.T @ taken
    answers = [cuts[split].answers[evidence] for split in ("validation", "test")]
    settings: Settings = {}
    for penalty in EASE_PENALTIES:
        inverse = np.linalg.inv(gram + penalty * np.eye(len(gram)))
        weights = -inverse / np.diag(inverse)
        np.fill_diagonal(weights, 0.0)
        for seen in BLENDS:
            settings[f"penalty {penalty:g}, seen {seen:g}"] = _pair(
                _with_seen(one @ weights, one, seen) for one in answers
            )
    return settings


def _blends(validation: TemporalSplit, first: Settings, second: Settings) -> Settings:
    """Sums of two models, each at its best setting and on one scale."""
    settings: Settings = {}
    for kind in KINDS:
        names = [best_setting(validation, one, kind) for one in (first, second)]
        chosen = [one[name] for one, name in zip((first, second), names, strict=True)]
        scales = [max(float(valid.std()), 1e-12) for valid, _ in chosen]
        chosen_settings = " and ".join(name for name in names if name)
        for weight in (0.25, 0.5, 0.75):
            settings[f"{weight:g} of the second ({chosen_settings})"] = _pair(
                (1 - weight) * a / scales[0] + weight * b / scales[1]
                for a, b in zip(*chosen, strict=True)
            )
    return settings


def _with_seen(expected: np.ndarray, seen: np.ndarray, weight: float) -> np.ndarray:
    """Blend the categories seen before with the expected ones."""
    return (1 - weight) * expected + weight * seen


def _pair(scores: Iterable[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    validation, test = scores
    return validation, test
