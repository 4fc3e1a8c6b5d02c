"""The tuned networks beside photo evidence, under both protocols of supervision."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.aggregators.fit import fit
from training.configs import config_named
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel, compare
from training.metrics.predictor import keras_predictor
from training.runs import Input, Record
from training.simulation.scenario_names import CONTRIBUTORS, USERS, gallery
from training.simulation.user_sets import UserSets

SET_LABELS, BOTH = "set labels alone", "labels of photos and sets"
SUPERVISION = {
    "photo_evidence": BOTH,
    "set_labels_photo_evidence": SET_LABELS,
    "mil_noisy_or": SET_LABELS,
    "mil_top_3_mean": SET_LABELS,
    "mil_mean": SET_LABELS,
    "mil_gated_attention": SET_LABELS,
    "average": SET_LABELS,
    "tuned_average": SET_LABELS,
    "tuned_attention_1": SET_LABELS,
    "tuned_attention_1_gating": SET_LABELS,
    "tuned_attention_2_gating": SET_LABELS,
}
"""What each model learns from, by its config; all are compared with the first."""
SEARCHED = tuple(
    name for name, how in SUPERVISION.items() if how == SET_LABELS and name != "average"
)
"""Those whose settings can be searched, each network once."""
MEASURED = (USERS, gallery(100), CONTRIBUTORS)
CLAIMED, CLAIMED_ABOVE = "tuned_attention_2_gating", ("average", "tuned_average")
"""The paper states that attention with gating is 12 to 35 % above averaging in F1."""


def compare_tuned(
    names: Sequence[str],
    feature_set: FeatureSet,
    user_sets: UserSets,
    directory: Path,
    inputs: Mapping[str, Input] | None = None,
    quick: bool = False,
) -> dict[str, Any]:
    """Train the models that are not trained yet, then measure all on test users once.

    Args:
        names: Some of `SUPERVISION`, `photo_evidence` first.
        feature_set: The photos.
        user_sets: Their users.
        directory: Folder of all aggregators.
        inputs: See `fit`.
        quick: Whether trainings are short.

    Returns:
        Ready for JSON: what `compare` does, `supervision` and `training` (name ->
        `epochs`, `best_validation_map`; none for photo evidence fitted on photos) and
        `f1_gain` (see there).

    Raises:
        ValueError: A name is unknown.
    """
    if unknown := set(names) - set(SUPERVISION):
        raise ValueError(
            f"models: expected some of {tuple(SUPERVISION)}, received {sorted(unknown)}"
        )
    models, training = {}, {}
    for name in names:
        config = config_named(name, "aggregator", quick=quick)
        aggregator = fit(config, feature_set, user_sets, directory, inputs=inputs)
        parameters = sum(int(np.prod(w.shape)) for w in aggregator.trainable_weights)
        models[name] = ComparedModel(keras_predictor(aggregator), parameters)
        history = Record.load(directory / name).values.get("validation_map")
        if history:
            training[name] = {
                "epochs": len(history),
                "best_validation_map": max(history),
            }
    table = user_sets.table
    measured = UserSets(table[table["world"].isin(MEASURED)])
    found = compare(models, measured, feature_set)
    return {
        "supervision": {name: SUPERVISION[name] for name in names},
        "training": training,
        **found,
        "f1_gain": f1_gain(found),
    }


def f1_gain(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Share by which `CLAIMED` is above `CLAIMED_ABOVE` in F1 on simulated users.

    Returns:
        `READING, MODEL`, such as `above .5, average` -> k -> share; none where one of
        both was not measured.
    """
    gains: dict[str, dict[str, Any]] = {}
    measured = {
        name: one["scenarios"][USERS]["metrics"]
        for name, one in found["aggregators"].items()
    }
    for other in CLAIMED_ABOVE:
        if not {CLAIMED, other} <= set(measured):
            continue
        for reading, prefix in (("hits over k", ""), ("above .5", "thresholded_")):
            gains[f"{reading}, {other}"] = {
                str(k): measured[CLAIMED][f"{prefix}f1@{k}"]["value"]
                / measured[other][f"{prefix}f1@{k}"]["value"]
                - 1
                for k in (5, 10, 15, 20)
            }
    return gains
