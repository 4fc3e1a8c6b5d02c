"""The tuned networks beside photo evidence, under both protocols of supervision."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from training.aggregators.fit import fit
from training.configs import config_named
from training.experiments.aggregator_family.train_one import start_worker
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel, compare
from training.metrics.evaluate import predict_scenarios
from training.metrics.paired_gains import UserValues, paired_gains, user_values
from training.metrics.predictor import keras_predictor
from training.runs import Input, Record
from training.simulation.scenario_names import CONTRIBUTORS, USERS, gallery
from training.simulation.user_sets import UserSets
from training.steps import data_files, load_data

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
    "searched_average": SET_LABELS,
    "tuned_attention_2_gating": SET_LABELS,
    "searched_attention_2_gating": SET_LABELS,
    "tuned_attention_1": SET_LABELS,
    "printed_attention_2_gating": SET_LABELS,
    "tuned_attention_1_gating": SET_LABELS,
}
"""What each model learns from, by its config; all are compared with the first."""
SEARCHED = (
    *(one for one in SUPERVISION if one.startswith(("tuned_", "set_labels_", "mil_"))),
    "tuned_average_hidden",
    "tuned_attention_2",
    "tuned_squeezed_1",
    "tuned_squeeze_expand_2",
    "tuned_mean_max",
    "tuned_learned_queries",
    "tuned_set_transformer",
    "tuned_nextvlad",
)
"""Those whose settings can be searched, each network once."""
MIL_BASELINES = tuple(
    name for name in SUPERVISION if name.startswith("mil_") or "evidence" in name
)
"""Photo evidence under both protocols, and the pooling rules of the MIL literature."""
MEASURED = (USERS, gallery(100), CONTRIBUTORS)
CLAIMED = (
    "average",
    "tuned_average",
    "searched_average",
    "tuned_attention_1",
    "tuned_attention_1_gating",
    "tuned_attention_2_gating",
)
"""Networks that the paper puts in this order by F1, each above those before it."""


def train_in_processes(
    names: Sequence[str],
    features: Path,
    directory: Path,
    processes: int,
    quick: bool = False,
) -> None:
    """Train the models that are not trained yet, several at a time.

    Args:
        names: Names of configs, those that take longest first.
        features: Folder of the feature set, with its users.
        directory: Folder of all aggregators.
        processes: Number of trainings at the same time, with a thread each.
        quick: Whether trainings are short.
    """
    # A fresh interpreter each: TensorFlow must not be forked.
    with ProcessPoolExecutor(processes, get_context("spawn"), start_worker) as pool:
        for _ in pool.map(
            _train, names, repeat(features), repeat(directory), repeat(quick)
        ):
            pass


def _train(name: str, features: Path, directory: Path, quick: bool) -> None:
    config = config_named(name, "aggregator", quick=quick)
    feature_set, user_sets = load_data(features)
    fit(config, feature_set, user_sets, directory, inputs=data_files(features))


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
        `seconds`, and `epochs` and `best_validation_map` of those that have epochs) and
        `gains` of those of `CLAIMED` on simulated users (see `paired_gains`).

    Raises:
        ValueError: A name is unknown.
    """
    if unknown := set(names) - set(SUPERVISION):
        raise ValueError(
            f"models: expected some of {tuple(SUPERVISION)}, received {sorted(unknown)}"
        )
    models: dict[str, ComparedModel] = {}
    training: dict[str, dict[str, float]] = {}
    for name in names:
        config = config_named(name, "aggregator", quick=quick)
        aggregator = fit(config, feature_set, user_sets, directory, inputs=inputs)
        parameters = sum(int(np.prod(w.shape)) for w in aggregator.trainable_weights)
        models[name] = ComparedModel(keras_predictor(aggregator), parameters)
        record = Record.load(directory / name)
        training[name] = {"seconds": record.seconds}
        history = record.values.get("validation_map")
        if history:
            training[name] |= {
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
        "gains": paired_gains(
            {
                name: _values_of_users(models[name], measured, feature_set)
                for name in CLAIMED
                if name in models
            }
        ),
    }


def _values_of_users(
    model: ComparedModel, user_sets: UserSets, feature_set: FeatureSet
) -> UserValues:
    answers = predict_scenarios(
        model.predictor, user_sets, feature_set, scenarios=[USERS]
    )
    return user_values(*answers[USERS])
