"""One run of the sweep in a process of its own, with one thread."""

import json
import logging
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from photo_interests.files import write_atomically
from training.experiments.aggregator_family.plan import Run

logger = logging.getLogger(__name__)
WORLDS = ("users", "gallery-100", "contributors")


@dataclass(frozen=True)
class Limits:
    """How long a run may be, so that the sweep fits the time there is.

    Attributes:
        users: Of the training split that are trained on.
        epochs: At most.
        patience: Epochs without a better validation MAP after which a run ends.
        quick: Photo evidence with one regularisation and one fold.
    """

    users: int
    epochs: int
    patience: int
    quick: bool


def start_worker() -> None:
    """Gives this process one thread: there is a process for each core."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def train_one(run: Run, features: Path, limits: Limits, directory: Path) -> Path:
    """Trains and measures a network, or finds that this was done.

    Args:
        run: What to train.
        features: The feature set that the run's features are in.
        limits: Of the training.
        directory: Of all runs; this one writes `<key>.json`, and keeps in `<key>/`
            what a killed training goes on from.

    Returns:
        The path of the result.
    """
    from training.aggregators.fit import fit
    from training.runs import Record

    path = directory / f"{run.key}.json"
    if path.exists():
        return path
    feature_set, user_sets = _data(features, run.scenario)
    work = directory / run.key
    config = config_of(run, limits)
    aggregator = fit(config, feature_set, user_sets, work)
    course = Record.load(work / config.name).values
    result = measured(aggregator, feature_set, user_sets)
    result["epochs"] = len(course.get("validation_map", []))
    write_atomically(path, json.dumps(result) + "\n")
    return path


def config_of(run: Run, limits: Limits) -> Any:
    """Makes the member's config with the run's weight, seed and limits."""
    from training.aggregators.config import SetTrainingConfig
    from training.configs import config_named

    config = config_named(run.member, "aggregator")
    if not isinstance(config, SetTrainingConfig):
        config = config_named(run.member, "aggregator", quick=limits.quick)
        return replace(config, seed=run.seed)
    return replace(
        config,
        positive_weight=run.weight,
        seed=run.seed,
        training_users=limits.users,
        epochs=limits.epochs,
        patience=limits.patience,
    )


def measured(aggregator: Any, feature_set: Any, user_sets: Any) -> dict[str, Any]:
    """Measures a trained network: validation MAP, test metrics by scenario.

    Returns:
        `validation_map`, `parameters`, `test`: scenario -> metric -> value, for those
        of `WORLDS` that there are, `curves`: the means at k of 1 to 20 in the first of
        them, and `later`: MAP of the categories of the later parts of its users'
        histories told from the earlier ones, all and those not seen before.
    """
    import numpy as np

    from training.experiments.temporal.next_interests import cut_sets
    from training.metrics.evaluate import curves_of, metrics_of, predict_scenarios
    from training.metrics.interest_metrics import average_precision
    from training.metrics.predictor import keras_predictor

    predictor = keras_predictor(aggregator)
    known = [scenario for scenario in WORLDS if scenario in user_sets.scenarios]
    answers = {
        split: predict_scenarios(predictor, user_sets, feature_set, split, scenarios)
        for split, scenarios in (("validation", known[:1]), ("test", known))
    }
    validation = np.nanmean(average_precision(*answers["validation"][WORLDS[0]]))
    told = user_sets.sets(WORLDS[0], "test")
    cut = cut_sets({"it": predictor}, told, feature_set)
    later = cut.precision(cut.answers["it"])
    return {
        "validation_map": float(validation),
        "parameters": sum(int(np.prod(w.shape)) for w in aggregator.trainable_weights),
        "test": {
            scenario: {
                name: round(interval.value, 5)
                for name, interval in metrics_of(*answer, resamples=1).items()
            }
            for scenario, answer in answers["test"].items()
        },
        "curves": {
            name: np.round(values, 5).tolist()
            for name, values in curves_of(*answers["test"][WORLDS[0]]).items()
        },
        "later": {kind: float(np.nanmean(values)) for kind, values in later.items()},
    }


@lru_cache(maxsize=2)
def _data(features: Path, scenario: int) -> tuple[Any, Any]:
    """Loads a feature set and its users, or makes the users of another scenario."""
    import pandas as pd

    from training.simulation.config import get_config
    from training.simulation.contributors import contributors
    from training.simulation.simulate import simulate
    from training.simulation.user_sets import UserSets
    from training.steps import MINIMUM_PHOTOS_OF_A_CONTRIBUTOR, load_data

    feature_set, user_sets = load_data(features)
    if scenario == get_config().seed:
        return feature_set, user_sets
    simulated = simulate(feature_set, replace(get_config(), seed=scenario))
    people = contributors(feature_set, MINIMUM_PHOTOS_OF_A_CONTRIBUTOR)
    return feature_set, UserSets(pd.concat([simulated, people], ignore_index=True))
