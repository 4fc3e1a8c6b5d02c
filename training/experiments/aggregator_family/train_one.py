"""One trial of the sweep in a process of its own, with one thread."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.experiments.aggregator_family.plan import Trial
from training.runs import Run

if TYPE_CHECKING:
    from training.aggregators.aggregator import Aggregator
    from training.aggregators.config import AggregatorConfig
    from training.features.feature_set import FeatureSet
    from training.simulation.user_sets import UserSets

AGGREGATORS = "aggregators"
SCENARIOS = ("users", "gallery-100", "contributors")


@dataclass(frozen=True)
class Limits:
    """Limits of every training, so that the sweep fits the available time.

    Attributes:
        users: Number of training users.
        epochs: Largest number of epochs.
        patience: Epochs without a better validation MAP after which training stops.
        quick: Photo evidence with one regularisation and one fold.
    """

    users: int
    epochs: int
    patience: int
    quick: bool


def start_worker() -> None:
    """Give this process one thread: there is a process for each core."""
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def run_of(trial: Trial, features: Path, limits: Limits, directory: Path) -> Run:
    """Place of a trial, and whether it is finished.

    Args:
        trial: What is trained.
        features: Feature set with its users.
        limits: Limits of the training.
        directory: Folder of all trials.
    """
    from training.simulation.config import get_config
    from training.steps import data_files

    simulation = replace(get_config(), seed=trial.scenario)
    return Run(
        directory,
        trial.key,
        kind="sweep trial",
        config={
            "aggregator": config_of(trial, limits),
            "simulation": simulation if trial.scenario != get_config().seed else None,
            "measured": SCENARIOS,
        },
        inputs=data_files(features),
        output=None,
    )


def train_one(
    trial: Trial, features: Path, limits: Limits, directory: Path
) -> dict[str, Any]:
    """Train and measure a network, unless this trial is finished.

    Args:
        trial: What to train.
        features: Feature set with its users.
        limits: Limits of the training.
        directory: Folder of all trials. The trial's run gets a folder `aggregators`,
            from which a killed training resumes.

    Returns:
        See `measured`, and `epochs`, the number trained.
    """
    run = run_of(trial, features, limits, directory)

    def compute(values: dict[str, Any]) -> None:
        from training.aggregators.fit import fit
        from training.runs import Record

        feature_set, user_sets = _data(features, trial.scenario)
        config = config_of(trial, limits)
        folder = run.directory / AGGREGATORS
        aggregator = fit(config, feature_set, user_sets, folder)
        values |= measured(aggregator, feature_set, user_sets)
        fitted = Record.load(folder / config.name).values
        values["epochs"] = len(fitted.get("validation_map", []))

    return dict(run.ensure(compute).values)


def config_of(trial: Trial, limits: Limits) -> "AggregatorConfig":
    """Make the member's config with the trial's weight, seed and limits."""
    from training.aggregators.config import SetTrainingConfig
    from training.configs import config_named

    config = config_named(trial.member, "aggregator")
    if not isinstance(config, SetTrainingConfig):
        config = config_named(trial.member, "aggregator", quick=limits.quick)
        return replace(config, seed=trial.seed)
    return replace(
        config,
        positive_weight=trial.weight,
        seed=trial.seed,
        training_users=limits.users,
        epochs=limits.epochs,
        patience=limits.patience,
    )


def measured(
    aggregator: "Aggregator", feature_set: "FeatureSet", user_sets: "UserSets"
) -> dict[str, Any]:
    """Measure a trained network: validation MAP, test metrics by scenario.

    Returns:
        `validation_map`, `parameters`, `test`: scenario -> metric -> value, for those
        of `SCENARIOS` that there are, `curves`: the means at k of 1 to 20 in the first
        of them, and `later`: MAP of the categories of the later parts of its users'
        histories predicted from the earlier ones, all and those not seen before.
    """
    import numpy as np

    from training.experiments.temporal.next_interests import split_sets
    from training.metrics.evaluate import curves_of, metrics_of, predict_scenarios
    from training.metrics.interest_metrics import average_precision
    from training.metrics.predictor import keras_predictor

    predictor = keras_predictor(aggregator)
    known = [scenario for scenario in SCENARIOS if scenario in user_sets.scenarios]
    predictions = {
        split: predict_scenarios(predictor, user_sets, feature_set, split, scenarios)
        for split, scenarios in (("validation", known[:1]), ("test", known))
    }
    validation = np.nanmean(average_precision(*predictions["validation"][SCENARIOS[0]]))
    users = user_sets.sets(SCENARIOS[0], "test")
    cut = split_sets({"it": predictor}, users, feature_set)
    later = cut.precision(cut.answers["it"])
    return {
        "validation_map": float(validation),
        "parameters": sum(int(np.prod(w.shape)) for w in aggregator.trainable_weights),
        "test": {
            scenario: {
                name: round(interval.value, 5)
                for name, interval in metrics_of(*answer, resamples=1).items()
            }
            for scenario, answer in predictions["test"].items()
        },
        "curves": {
            name: np.round(values, 5).tolist()
            for name, values in curves_of(*predictions["test"][SCENARIOS[0]]).items()
        },
        "later": {kind: float(np.nanmean(values)) for kind, values in later.items()},
    }


@lru_cache(maxsize=2)
def _data(features: Path, scenario: int) -> "tuple[FeatureSet, UserSets]":
    """Load a feature set and its users, or simulate the users of another scenario."""
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
