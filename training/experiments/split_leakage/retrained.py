"""Photo evidence trained again under the strict split, and its test opened once.

Beside the split in use, on the same features. The extractor that made the committed
features was fine-tuned on the training photos of the split in use; a pretrained one
that saw none of these photos' labels gives a comparison free of that.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from training.aggregators.config import AggregatorConfig
from training.aggregators.fit import fit
from training.aggregators.photo_evidence import PhotoEvidence
from training.experiments.aggregator_family.other_scenarios import map_by_seed
from training.features.feature_set import FeatureSet
from training.metrics.bootstrap import Bootstrap
from training.metrics.compare import ComparedModel
from training.metrics.evaluate import THRESHOLD, predict_scenarios
from training.metrics.interest_metrics import average_precision, false_positives
from training.metrics.predictor import keras_predictor
from training.simulation.config import SimulationConfig
from training.simulation.contributors import contributors
from training.simulation.scenario_names import CONTRIBUTORS, USERS, gallery
from training.simulation.simulate import simulate
from training.simulation.user_sets import UserSets
from training.steps import MINIMUM_PHOTOS_OF_A_CONTRIBUTOR

logger = logging.getLogger(__name__)
MEASURED = (USERS, gallery(100), gallery(500), CONTRIBUTORS)


def retrain(
    feature_sets: Mapping[str, Mapping[str, FeatureSet]],
    splits: Mapping[str, pd.DataFrame],
    configs: Mapping[str, Sequence[AggregatorConfig]],
    scenario: SimulationConfig,
    seeds: Sequence[int],
    directory: Path,
) -> dict[str, Any]:
    """Train each model under each split on each feature set; measure the test once.

    Args:
        feature_sets: The same photos' features, by name and split.
        splits: Tables of these photos with `split` and `group`, by name.
        configs: What is trained on each feature set: photo evidence, by a protocol.
        scenario: Users to train on.
        seeds: Scenarios of the test users of `map_by_seed`.
        directory: Gets a folder of aggregators for each feature set and split; what is
            trained already is not trained again.

    Returns:
        Ready for JSON: features -> split -> config -> `seeds` (median, least and most
        MAP, and the number of seeds), `scenarios` (scenario -> MAP and
        `false_interests`, each `value`, `low`, `high`) and `top1` (source -> the same).
    """
    found: dict[str, Any] = {}
    for features, of_split in feature_sets.items():
        found[features] = {}
        for split, feature_set in of_split.items():
            table = splits[split]
            columns = {key: table[key].to_numpy() for key in ("split", "group")}
            own = replace(feature_set, photos=feature_set.photos.assign(**columns))
            people = contributors(own, MINIMUM_PHOTOS_OF_A_CONTRIBUTOR)
            users = UserSets(
                pd.concat([simulate(own, scenario), people], ignore_index=True)
            )
            folder = directory / f"{features}-{split}"
            trained = {
                config.name: fit(config, own, users, folder)
                for config in configs[features]
            }
            found[features][split] = _measured(trained, own, users, seeds)
            logger.info("%s, %s: %s", features, split, found[features][split])
    return found


def _measured(
    trained: Mapping[str, PhotoEvidence],
    feature_set: FeatureSet,
    users: UserSets,
    seeds: Sequence[int],
) -> dict[str, Any]:
    models = {
        name: ComparedModel(keras_predictor(aggregator), 0)
        for name, aggregator in trained.items()
    }
    known = [scenario for scenario in MEASURED if scenario in users.scenarios]
    by_seed = map_by_seed(models, feature_set, seeds)
    found = {}
    for name, aggregator in trained.items():
        predictor = models[name].predictor
        answers = predict_scenarios(predictor, users, feature_set, scenarios=known)
        found[name] = {
            "seeds": spread([one["value"] for one in by_seed[name].values()]),
            "scenarios": {one: _quality(*answer) for one, answer in answers.items()},
            "top1": top1(aggregator, feature_set),
        }
    return found


def _quality(truth: np.ndarray, probabilities: np.ndarray) -> dict[str, Any]:
    bootstrap = Bootstrap(len(truth))
    false = false_positives(truth, probabilities, THRESHOLD).astype(float)
    return {
        "users": len(truth),
        "map": asdict(bootstrap.mean(average_precision(truth, probabilities))),
        "false_interests": asdict(bootstrap.mean(false)),
    }


def spread(values: Sequence[float]) -> dict[str, Any]:
    """Give the median, least and most of values, and their number, ready for JSON."""
    return {
        "median": float(np.median(values)),
        "least": min(values),
        "most": max(values),
        "number": len(values),
    }


def top1(aggregator: PhotoEvidence, feature_set: FeatureSet) -> dict[str, Any]:
    """Count test photos whose category the classifier of photos names first.

    Args:
        aggregator: Its classifier is asked without the background class.
        feature_set: Gives the test photos; those of the background do not count.

    Returns:
        source -> `photos`, and the share as `value`, `low`, `high`.
    """
    rows = feature_set.rows("test")
    rows = rows[feature_set.category_indices[rows] >= 0]
    logits = np.asarray(aggregator.photo_logits(feature_set.features[rows]))[:, :-1]
    right = logits.argmax(axis=1) == feature_set.category_indices[rows]
    sources = feature_set.photos["source"].to_numpy(str)[rows]
    found = {}
    for source in np.unique(sources):
        own = right[sources == source].astype(float)
        interval = Bootstrap(len(own)).mean(own)
        found[str(source)] = {"photos": len(own)} | asdict(interval)
    return found
