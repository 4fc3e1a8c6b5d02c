"""The published networks on everyday galleries, with the supervision of the bundle.

Their weights learn from sets composed of the photos that the photo head learns from, as
the head's do: once from all, and once without each source that galleries have photos
of. A claim is answered by the network that saw no photo of the source of most evidence.
"""

import logging
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf
from scipy.special import expit

from training.aggregators.aggregator import Aggregator
from training.aggregators.photo_evidence import PhotoEvidence
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.attention_pool import AttentionPool
from training.aggregators.pools.mean_pool import MeanPool
from training.aggregators.pools.pool import Pool
from training.aggregators.pools.squeezed_pool import SqueezedPool
from training.aggregators.pools.two_block_pool import TwoBlockPool
from training.aggregators.set_models import OnStandardised, OnStored
from training.experiments.everyday_galleries.training_sets import (
    COMPOSED,
    Photos,
    Sets,
    compose,
)
from training.galleries.benchmark import Benchmark
from training.galleries.cross_validation import Fitter, threshold_for
from training.galleries.galleries import Gallery
from training.galleries.metrics import Claims
from training.interests.repetition import fit_logistic
from training.interests.training_photos import FOLDERS
from training.losses import weighted_binary_crossentropy

logger = logging.getLogger(__name__)
EPOCHS = 12
BATCH = 8
FEATURE_LIMIT = 1.0
LEARNING_RATE, WEIGHT_DECAY = 1e-3, 0.1
INPUT_DROPOUT, INPUT_NOISE = 0.4, 0.3
SCALED = 1 / 32
"""Of the scores: without it attention locks on few photos."""


class Network(NamedTuple):
    """A network: how photos are mixed, and what follows; no pool for photo evidence."""

    pool: Pool | None
    hidden: int | None = 256
    gated: bool = False


NETWORKS: Mapping[str, Network] = {
    "average (poster)": Network(MeanPool(), hidden=None),
    "attention-1 + gating": Network(AttentionPool(SCALED), gated=True),
    "attention-2 + gating": Network(TwoBlockPool(SCALED), gated=True),
    "squeezed-1": Network(SqueezedPool(score_scale=SCALED)),
}
SET_LABELS: Mapping[str, Network] = {
    "photo evidence, set labels alone": Network(None, hidden=None)
}
"""What classifies single photos and learns from the same sets."""
INSTANCE_LEARNING_RATE = 2e-3
"""Of photo evidence, whose photos are not altered; see `instance_recipe`."""


def measure_family(
    benchmark: Benchmark,
    composed: Photos,
    fitter: Fitter,
    max_false: float,
    networks: Mapping[str, Network] = NETWORKS,
    epochs: int = EPOCHS,
) -> dict[str, Claims]:
    """Train each network, and let it claim on the small galleries.

    Probabilities and threshold are fitted on the galleries measured, in favour of the
    networks: those of the read-out are fitted on others.

    Args:
        benchmark: Photos, galleries and what is right.
        composed: Photos of the photo head, with their sources.
        fitter: Ours; says which source most evidence of a claim comes from.
        max_false: False interests of a gallery at the threshold.
        networks: By name.
        epochs: Other sets are composed in each.

    Returns:
        Claims on the small galleries, by network.
    """
    galleries = benchmark.galleries["small"]
    sources = np.array(fitter.sources)
    main = sources[np.stack([fitter.main_source(one) for one in galleries])]
    scores = {name: np.zeros(main.shape) for name in networks}
    for without in ("", *FOLDERS):
        sets = _join(
            compose(composed, benchmark.fitted, COMPOSED, epoch, without)
            for epoch in range(epochs)
        )
        asked = main == without if without else ~np.isin(main, list(FOLDERS))
        for name, network in networks.items():
            trained = train(network, composed.features, sets, benchmark.fitted)
            claimed = np.full(main.shape, -np.inf)
            claimed[:, benchmark.fitted] = np.concatenate(
                [trained(benchmark.photos.features[one.rows]) for one in galleries]
            )
            scores[name][asked] = claimed[asked]
            logger.info("%s trained without %s", name, without or "nothing")
    return {
        name: _claims(benchmark, galleries, one, max_false)
        for name, one in scores.items()
    }


class Trained(NamedTuple):
    """A trained network; gives logits `(1, interests)` of one set's features."""

    network: Aggregator

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """Claim interests of one set of photos, uint8 `(photos, D)`."""
        return self.network(features[None]).numpy()


def train(
    network: Network, photos: np.ndarray, sets: Sets, shown: np.ndarray, seed: int = 1
) -> Trained:
    """Train a network on sets, each of them seen once.

    Args:
        network: Which.
        photos: Stored features, uint8 `(photos, D)`.
        sets: Of these photos.
        shown: Interests that it learns, bool `(interests,)`.
        seed: Of weights, order, dropout and noise.
    """
    keras.utils.set_random_seed(seed)
    aggregator = _new(network, photos.shape[1], int(shown.sum()))
    aggregator.build((None, None, photos.shape[1]))
    aggregator.adapt(photos[np.unique(np.concatenate(sets.rows))])
    steps = -(-len(sets.rows) // BATCH)
    model: keras.Model
    if isinstance(aggregator, PooledAggregator):
        read = aggregator.standardise(photos)
        model = OnStandardised(aggregator, INPUT_DROPOUT, INPUT_NOISE)
        first_rate = LEARNING_RATE
    else:
        read, model, first_rate = photos, OnStored(aggregator), INSTANCE_LEARNING_RATE
    rate = keras.optimizers.schedules.CosineDecay(first_rate, steps)
    model.compile(
        keras.optimizers.AdamW(rate, weight_decay=WEIGHT_DECAY),
        loss=partial(weighted_binary_crossentropy, positive_weight=1.0),
    )
    batches = _batches(read, sets, shown, seed)
    model.fit(batches, epochs=1, shuffle=False, verbose=0)
    return Trained(aggregator)


def _new(network: Network, dimension: int, interests: int) -> Aggregator:
    common: dict[str, Any] = {
        "dimension": dimension,
        "categories": interests,
        "feature_scale": 1.0,
        "feature_limit": FEATURE_LIMIT,
    }
    if network.pool is None:
        return PhotoEvidence(**common)
    return PooledAggregator(
        **common,
        pool=network.pool,
        hidden=network.hidden,
        dropout=0.5 if network.hidden else 0.0,
        gated=network.gated,
    )


def _batches(photos: Any, sets: Sets, shown: np.ndarray, seed: int) -> tf.data.Dataset:
    lengths = np.array([len(one) for one in sets.rows])
    rows = np.zeros((len(lengths), lengths.max()), np.int32)
    for row, one in zip(rows, sets.rows, strict=True):
        row[: len(one)] = one
    truth = sets.truth[:, shown].astype(np.uint8)
    table = tf.constant(photos)

    def gather(numbers: Any, length: Any, target: Any) -> Any:
        mask = tf.sequence_mask(length, rows.shape[1])
        return (tf.gather(table, numbers), mask), target

    data = tf.data.Dataset.from_tensor_slices((rows, lengths, truth))
    return data.shuffle(len(rows), seed).batch(BATCH).map(gather).prefetch(2)


def _join(parts: Iterator[Sets]) -> Sets:
    drawn = list(parts)
    rows = [one for part in drawn for one in part.rows]
    return Sets(rows, np.concatenate([part.truth for part in drawn]))


def _claims(
    benchmark: Benchmark, galleries: list[Gallery], scores: np.ndarray, max_false: float
) -> Claims:
    fitted = benchmark.fitted
    truth = benchmark.truth.interests
    right = np.stack([truth[one.rows].any(axis=0) for one in galleries])[:, fitted]
    (slope,), offset = fit_logistic(
        scores[:, fitted].reshape(-1, 1), right.ravel(), monotone=(0,)
    )
    said = np.zeros(scores.shape)
    said[:, fitted] = expit(slope * scores[:, fitted] + offset)
    threshold = threshold_for(said[:, fitted], right, max_false)
    return Claims(said, (said >= threshold) & fitted)
