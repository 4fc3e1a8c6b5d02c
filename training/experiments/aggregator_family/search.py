"""A search of each network's settings on validation users, by Optuna."""

import logging
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import optuna
from optuna.trial import TrialState

from training.aggregators.config import SetTrainingConfig
from training.aggregators.fit_on_sets import fit_on_sets
from training.configs import config_named
from training.distribution import Distribution, Strategy
from training.experiments.aggregator_family.search_space import (
    first_settings,
    suggest,
    with_settings,
)
from training.features.feature_set import FeatureSet
from training.simulation.scenario_names import USERS
from training.simulation.user_sets import UserSets

logger = logging.getLogger(__name__)
FINISHED = (TrialState.COMPLETE, TrialState.PRUNED)
STARTUP_TRIALS = 5
"""Drawn at random, before the sampler learns from the others."""
FIRST_RUNG_EPOCHS, KEPT = 2, 3
"""Successive halving: after 2, 6, 18 ... epochs the best third of the trials go on."""


@dataclass(frozen=True)
class SearchLimits:
    """How much is searched.

    Attributes:
        trials: Number of trials of a network, the recipe among them.
        users: Number of training users of an epoch.
        epochs: Number of epochs, at most.
        validation_users: Number of validation users.
    """

    trials: int = 20
    users: int = 20_000
    epochs: int = 20
    validation_users: int = 2_000


def search(
    networks: Sequence[str],
    feature_set: FeatureSet,
    user_sets: UserSets,
    limits: SearchLimits,
    directory: Path,
    end: float | None = None,
) -> dict[str, Any]:
    """Search the settings of networks; finished trials are kept.

    Args:
        networks: Names of configs of training on sets.
        feature_set: The photos.
        user_sets: Their users; test users are not looked at.
        limits: How much is searched.
        directory: Gets a database of trials for each network and these limits.
        end: Value of `time.monotonic` after which no trial starts.

    Returns:
        Ready for JSON, by network: see `summary`.

    Raises:
        ValueError: A config is none of training on sets.
    """
    table = user_sets.table
    seen = (table["world"] == USERS) & (
        (table["split"] == "train")
        | ((table["split"] == "validation") & (table["user"] < limits.validation_users))
    )
    measured = UserSets(table[seen])
    directory.mkdir(parents=True, exist_ok=True)
    found = {}
    for name in networks:
        config = config_named(name, "aggregator")
        if not isinstance(config, SetTrainingConfig):
            raise ValueError(
                f"{name}: expected a network trained on users' sets, received "
                f"{type(config).__name__}"
            )
        study = study_of(name, limits, directory)
        if not study.trials:
            study.enqueue_trial(first_settings(config))
        objective = _objective(config, feature_set, measured, limits)
        while _finished(study) < limits.trials and (
            end is None or time.monotonic() < end
        ):
            study.optimize(objective, n_trials=1)
        if _finished(study):
            found[name] = summary(study)
            logger.info("%s: %s", name, found[name])
    return found


def with_earlier(
    found: Mapping[str, Any], limits: SearchLimits, earlier: Mapping[str, Any]
) -> dict[str, Any]:
    """Join what was searched now with the networks that were searched before.

    Args:
        found: See `search`.
        limits: Of these searches.
        earlier: Values of the record that has the others; empty for none.

    Returns:
        By network: see `summary`, and its `limits`.
    """
    before = {
        name: {"limits": earlier.get("limits"), **one}
        for name, one in earlier.get("networks", {}).items()
    }
    now = {name: {**one, "limits": asdict(limits)} for name, one in found.items()}
    return {**before, **now}


def study_of(name: str, limits: SearchLimits, directory: Path) -> optuna.Study:
    """Open the trials of a network under some limits, or begin them.

    Args:
        name: Of the network.
        limits: Trials under other limits are of another study.
        directory: Of the databases.
    """
    size = f"{limits.users}-{limits.epochs}-{limits.validation_users}"
    study = optuna.create_study(
        study_name=name,
        storage=f"sqlite:///{directory / f'{name}-{size}.db'}",
        pruner=optuna.pruners.SuccessiveHalvingPruner(
            min_resource=FIRST_RUNG_EPOCHS, reduction_factor=KEPT
        ),
        direction="maximize",
        load_if_exists=True,
    )
    # By the number of trials, or a resumed study would draw the first ones again.
    study.sampler = optuna.samplers.TPESampler(
        seed=1 + len(study.trials), n_startup_trials=STARTUP_TRIALS
    )
    return study


def summary(study: optuna.Study) -> dict[str, Any]:
    """Sum up a study with at least one finished trial.

    Returns:
        Ready for JSON: `trials` finished, of these `pruned`, and the `seconds` that
        they took, whichever command ran them; `recipe`, the validation MAP of the
        recipe's settings; `best`, the largest one, and its `settings`.
    """
    pruned = study.get_trials(states=(TrialState.PRUNED,))
    durations = [one.duration for one in study.get_trials(states=FINISHED)]
    return {
        "trials": _finished(study),
        "pruned": len(pruned),
        "seconds": sum(one.total_seconds() for one in durations if one),
        "recipe": study.trials[0].value,
        "best": study.best_value,
        "settings": study.best_params,
    }


def _finished(study: optuna.Study) -> int:
    return len(study.get_trials(deepcopy=False, states=FINISHED))


def _objective(
    config: SetTrainingConfig,
    feature_set: FeatureSet,
    user_sets: UserSets,
    limits: SearchLimits,
) -> Callable[[optuna.Trial], float]:
    def objective(trial: optuna.Trial) -> float:
        settings = suggest(trial, config)
        chosen = with_settings(config, settings, limits.users, limits.epochs)

        def watch(epoch: int, quality: float) -> None:
            trial.report(quality, epoch + 1)
            if trial.should_prune():
                raise optuna.TrialPruned()

        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            _, history = fit_on_sets(
                chosen,
                feature_set,
                user_sets,
                place,
                place,
                Distribution(Strategy.ONE),
                watch,
            )
        return max(history["validation_map"])

    return objective
