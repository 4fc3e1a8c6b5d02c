"""Why the second attention block fails as published: what its weights do in training.

Variants of the two-block network differ in one thing each. Along a short training it
is measured how many photos a block looks at, how large its scores are, whether the
second block only repeats the first, how often it settles on the kind of photo that
the set has most of, and how much gradient reaches each part.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from rich.progress import track

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.attention_pool import AttentionPool
from training.aggregators.pools.two_block_pool import TwoBlockPool
from training.aggregators.set_batches import SetBatches
from training.aggregators.set_models import new_aggregator, trainable
from training.features.feature_set import FeatureSet
from training.losses import weighted_binary_crossentropy
from training.metrics.interest_metrics import average_precision
from training.metrics.predictor import keras_predictor, predict_sets
from training.simulation.scenario_names import USERS
from training.simulation.user_sets import UserSet, UserSets, labels

logger = logging.getLogger(__name__)

SCALED = 1 / 32
"""One over the root of the dimension."""
HEAD = {"hidden": 2048, "dropout": 0.5, "gated": True}
PROBED = 256
"""Sets that the attention is looked at on."""


@dataclass(frozen=True)
class Variant:
    """A network that differs from the published one in what its name says.

    Attributes:
        name: Shown in the report.
        pool: Of the network.
        standardised: Whether features are; the paper does not say so.
        start: Multiplies the first weights of W, which makes the second query.
        weight: Positive weight of the loss.
    """

    name: str
    pool: AttentionPool | TwoBlockPool
    standardised: bool = True
    start: float = 1.0
    weight: float = 1.0


VARIANTS = (
    Variant("two blocks as published", TwoBlockPool()),
    Variant("the same, raw features", TwoBlockPool(), standardised=False),
    Variant("the same, positive weight 36", TwoBlockPool(), weight=36.0),
    Variant("the same, W starts at a hundredth", TwoBlockPool(), start=0.01),
    Variant("the same, first query added", TwoBlockPool(residual_query=True)),
    Variant("scores divided by 32", TwoBlockPool(SCALED)),
    Variant(
        "scores divided by 32, first query added",
        TwoBlockPool(SCALED, residual_query=True),
    ),
    Variant("one block as published", AttentionPool()),
    Variant("one block, scores divided by 32", AttentionPool(SCALED)),
)


def study_all(
    variants: Sequence[Variant],
    config: SetTrainingConfig,
    feature_set: FeatureSet,
    user_sets: UserSets,
    users: int,
    epochs: int,
) -> dict[str, Any]:
    """Studies all variants on the first users of the training split, by name."""
    training = user_sets.sets(USERS, "train")[:users]
    validation = user_sets.sets(USERS, "validation")
    config = replace(config, epochs=epochs)
    found = {}
    for variant in track(variants, "variants"):
        found[variant.name] = study(variant, config, feature_set, training, validation)
        best = found[variant.name]["best_map"]
        logger.info("%s: best validation MAP %.4f", variant.name, best)
    return found


def study(
    variant: Variant,
    config: SetTrainingConfig,
    feature_set: FeatureSet,
    training: Sequence[UserSet],
    validation: Sequence[UserSet],
) -> dict[str, Any]:
    """Trains one variant and looks at its attention before, during and after.

    Returns:
        `course`: a record an epoch, from before the first: `map` of validation users
        and what `attention_of` gives; `best_map`.
    """
    keras.utils.set_random_seed(config.seed)
    options = {"pool": variant.pool, **HEAD}
    config = replace(config, options=options, positive_weight=variant.weight)
    aggregator = new_aggregator(config, feature_set)
    if not variant.standardised:
        _leave_raw(aggregator)
    if isinstance(aggregator.pool, TwoBlockPool):
        kernel = aggregator.pool.next_query.kernel
        kernel.assign(kernel * variant.start)
    loss = partial(weighted_binary_crossentropy, positive_weight=variant.weight)
    model = trainable(aggregator, config, loss)
    standardised = aggregator.standardise(feature_set.features)
    batches = SetBatches(training, feature_set, standardised, config.batch_users)
    probe = SetBatches(validation[:PROBED], feature_set, standardised, PROBED)
    truth = labels(validation, feature_set).astype(bool)
    predictor = keras_predictor(aggregator)
    course = []
    for epoch in range(config.epochs + 1):
        if epoch:
            model.fit(batches.epoch(epoch), verbose=0, shuffle=False)
        predicted = predict_sets(predictor, validation, feature_set)
        quality = float(np.nanmean(average_precision(truth, predicted)))
        seen = attention_of(aggregator, probe.epoch(0), loss)
        course.append({"epoch": epoch, "map": quality, **seen})
    return {"course": course, "best_map": max(one["map"] for one in course)}


def attention_of(
    aggregator: PooledAggregator, batches: tf.data.Dataset, loss: keras.losses.Loss
) -> dict[str, float]:
    """Describes the last block's attention, averaged over sets.

    Returns:
        `photos_seen`, the exponential of the weights' entropy over the number of
        photos (1: all alike; near 0: one alone); `score_spread`, the standard
        deviation of scores within a set; `repeats_first`, the cosine of the second
        block's query and the first block's vector (0 for one block); and the norms
        of the loss' gradient: `gradient_query`, `gradient_next_query` (0 for one
        block) and `gradient_head`.
    """
    pool = aggregator.pool
    first = pool.first if isinstance(pool, TwoBlockPool) else pool
    parts = {"query": [first.query], "head": aggregator.head.trainable_weights}
    if isinstance(pool, TwoBlockPool):
        parts["next_query"] = pool.next_query.trainable_weights
    rows: dict[str, list[float]] = {}
    for (photos, mask), truth in batches:
        with tf.GradientTape() as tape:
            value = loss(truth, aggregator.logits(photos, mask))
        gradients = tape.gradient(value, list(parts.values()))
        for name, gradient in zip(parts, gradients, strict=True):
            norm = float(tf.linalg.global_norm(gradient))
            rows.setdefault(f"gradient_{name}", []).append(norm)
        _, log_weights = pool(photos, mask=mask)
        real, logs = mask.numpy(), log_weights.numpy()
        for row, user in zip(logs, real, strict=True):
            kept = row[user]
            entropy = -float((np.exp(kept) * kept).sum())
            rows.setdefault("photos_seen", []).append(np.exp(entropy) / len(kept))
            rows.setdefault("score_spread", []).append(float(kept.std()))
        if isinstance(pool, TwoBlockPool):
            vectors, _ = pool.first(photos, mask=mask)
            query = pool.next_query(vectors)
            cosine = -keras.losses.cosine_similarity(query, vectors)
            rows.setdefault("repeats_first", []).extend(cosine.numpy().tolist())
    return {name: float(np.mean(values)) for name, values in rows.items()}


def _leave_raw(aggregator: PooledAggregator) -> None:
    """Makes the standardisation pass dequantised features on as they are."""
    normalization = aggregator.standardise.normalization
    normalization.adapt_mean.assign(normalization.adapt_mean * 0.0)
    normalization.adapt_variance.assign(normalization.adapt_variance * 0.0 + 1.0)
    normalization.finalize_state()
