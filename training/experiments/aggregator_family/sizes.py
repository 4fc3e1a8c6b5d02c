"""How large each network of the family is as a file, and how long it takes to decide.

Neither depends on what the weights are: networks are built and converted untrained.
As in the paper, a file only predicts: it has no explanations (shares, photos).
"""

import time
from collections.abc import Mapping
from statistics import median
from typing import Any

import numpy as np
import tensorflow as tf

from export.aggregator import FLOAT_NAME, QUANTISED_NAME, quantise
from export.convert import Endpoint, convert, saved_model
from export.signature_runner import SignatureRunner
from training.aggregators.aggregator import Aggregator
from training.aggregators.config import AggregatorConfig, SetTrainingConfig
from training.aggregators.photo_evidence import PhotoEvidence

DECIDE = "decide"
PHOTOS = (8, 40, 500)
"""Photos of a user that a network decides on; the paper's have 8 on average."""


def measure_sizes(
    configs: Mapping[str, AggregatorConfig],
    dimension: int,
    categories: int,
    repeats: int,
) -> dict[str, dict[str, Any]]:
    """Measure networks of the same dimension and number of categories.

    Args:
        configs: By name.
        dimension: Of a photo's features, K.
        categories: Number of interests, D.
        repeats: Timed decisions of each network and number of photos, in turns.

    Returns:
        By name: `parameters`, `float_bytes`, `int8_bytes`, and `milliseconds`, the
        median processor time of a decision of the floating-point file on one thread by
        the number of photos.
    """
    measured: dict[str, dict[str, Any]] = {}
    runners = {}
    for name, config in configs.items():
        network = _built(config, dimension, categories)
        with saved_model(network, {DECIDE: _decision(network)}) as folder:
            floating = convert(folder, [DECIDE], FLOAT_NAME)
            quantised = convert(folder, [DECIDE], QUANTISED_NAME, quantise)
        runners[name] = SignatureRunner(floating.content, threads=1)
        trained = (int(np.prod(w.shape)) for w in network.trainable_weights)
        measured[name] = {
            "parameters": sum(trained),
            "float_bytes": len(floating.content),
            "int8_bytes": len(quantised.content),
            "milliseconds": {},
        }
    for photos in PHOTOS:
        for name, taken in _in_turns(runners, photos, dimension, repeats).items():
            measured[name]["milliseconds"][str(photos)] = taken
    return measured


def _built(config: AggregatorConfig, dimension: int, categories: int) -> Aggregator:
    if isinstance(config, SetTrainingConfig):
        network: Aggregator = config.aggregator(
            dimension=dimension,
            categories=categories,
            feature_scale=1.0,
            **config.options,
        )
    else:
        network = PhotoEvidence(dimension, categories, 1.0, config.feature_limit)
    network.build((None, None, dimension))
    return network


def _decision(network: Aggregator) -> Endpoint:
    features = tf.TensorSpec([None, network.dimension], tf.uint8, name="features")

    def decide(features: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"probabilities": network.predict(features)["probabilities"]}

    return decide, [features]


def _in_turns(
    runners: Mapping[str, SignatureRunner], photos: int, dimension: int, repeats: int
) -> dict[str, float]:
    random = np.random.default_rng(0)
    features = random.integers(0, 256, (photos, dimension), np.uint8)
    seconds: dict[str, list[float]] = {name: [] for name in runners}
    for turn in range(repeats + 1):
        for name, run in runners.items():
            # Processor time: what else the machine does is not the network's.
            started = time.thread_time()
            run(DECIDE, features=features)
            taken = time.thread_time() - started
            if turn:  # The first one allocates.
                seconds[name].append(taken)
    return {name: 1000 * median(times) for name, times in seconds.items()}
