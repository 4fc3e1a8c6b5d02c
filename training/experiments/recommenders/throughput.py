"""Triples per second: our VBPR, cornac's BPR, and VBPR as a plain NumPy loop.

Of processor time, summed over threads, so that what else the machine does counts for
little.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from training.experiments.recommenders.bpr_mf import cornac_bpr
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.triples import TripleSampler
from training.experiments.recommenders.vbpr import Vbpr

WARM_UP = 3


def throughput(data: RankingData, vbpr: Vbpr, seconds: float = 4.0) -> dict[str, Any]:
    """Time all three on the same pairs, one after the other.

    Sampling counts for all of them. cornac's BPR has no visual part: it is there as
    what a compiled loop reaches, not as the same work.

    Args:
        data: Of the comparison.
        vbpr: Settings.
        seconds: Of processor time for each, at least.

    Returns:
        Triples per second by name, and `factors`, `items`, `dimension`.
    """
    return {
        "vbpr": _steps(_vbpr(data, vbpr), seconds),
        "cornac_bpr": _cornac(data, vbpr, seconds),
        "numpy_loop": _steps(_numpy_loop(data, vbpr), seconds),
        "factors": vbpr.factors,
        "visual_factors": vbpr.visual_factors,
        "items": len(data.items),
        "dimension": int(data.features.shape[1]),
        "batch_size": vbpr.batch_size,
    }


def _steps(step: Callable[[], int], seconds: float) -> float:
    for _ in range(WARM_UP):
        step()
    triples, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        triples += step()
    return triples / (time.process_time() - started)


def _vbpr(data: RankingData, vbpr: Vbpr) -> Callable[[], int]:
    model, inputs = vbpr.build(data), tf.constant(vbpr.inputs(data))
    step = vbpr.make_step(model)
    sampler = TripleSampler(data.train, len(data.items), vbpr.seed)

    def epoch() -> int:
        for batch in vbpr.batches(sampler):
            step(tf.constant(batch), inputs).numpy()
        return len(data.train)

    return epoch


def _cornac(data: RankingData, vbpr: Vbpr, seconds: float) -> float:
    """Train twice, long and short: the difference is without what setting up takes."""
    options = {
        "k": vbpr.factors + vbpr.visual_factors,
        "learning_rate": 0.05,
        "lambda_reg": vbpr.regularisation,
        "num_threads": 1,
    }
    epochs, spent = 100, 0.0
    while spent < seconds:
        epochs *= 2
        times = []
        for count in (1, 1 + epochs):
            started = time.process_time()
            cornac_bpr(data, max_iter=count, **options)
            times.append(time.process_time() - started)
        spent = times[1] - times[0]
    return epochs * len(data.train) / spent


def _numpy_loop(data: RankingData, vbpr: Vbpr) -> Callable[[], int]:
    """VBPR by SGD, a triple at a time, as a first version of it is written."""
    random = np.random.default_rng(vbpr.seed)
    features = vbpr.inputs(data)
    sampler = TripleSampler(data.train, len(data.items), vbpr.seed)

    def start(*shape: int) -> np.ndarray:
        return random.normal(0, 0.01, shape).astype(np.float32)

    users, items = len(data.users), len(data.items)
    gamma_u, gamma_i = start(users, vbpr.factors), start(items, vbpr.factors)
    theta = start(users, vbpr.visual_factors)
    kernel = start(features.shape[1], vbpr.visual_factors)
    bias, visual_bias = start(items), start(features.shape[1])
    rate, decay = 0.05, vbpr.regularisation

    def triples() -> int:
        some = sampler.epoch()[:500]
        for u, i, j in some:
            looks = features[i] - features[j]
            seen = looks @ kernel
            x = bias[i] - bias[j] + gamma_u[u] @ (gamma_i[i] - gamma_i[j])
            x += theta[u] @ seen + visual_bias @ looks
            g = 1 / (1 + np.exp(x))
            old = gamma_u[u].copy()
            gamma_u[u] += rate * (g * (gamma_i[i] - gamma_i[j]) - decay * gamma_u[u])
            gamma_i[i] += rate * (g * old - decay * gamma_i[i])
            gamma_i[j] += rate * (-g * old - decay * gamma_i[j])
            bias[i] += rate * (g - decay * bias[i])
            bias[j] += rate * (-g - decay * bias[j])
            kernel[:] += rate * g * np.outer(looks, theta[u])
            theta[u] += rate * (g * seen - decay * theta[u])
            visual_bias[:] += rate * g * looks
        return len(some)

    return triples
