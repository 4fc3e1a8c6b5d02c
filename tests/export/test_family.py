"""Every aggregator of training/configs as TFLite, small; squeezed-1 in full size."""

import numpy as np
import pytest

from export.aggregator import export_aggregator
from export.answers import PHOTO_COUNTS
from export.model_rules import version_key
from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.configs import config_named, names

DIMENSION, CATEGORIES, SCALE = 256, 9, 0.02
MEGABYTE = 1_000_000


def family() -> list[str]:
    configs = {name: config_named(name) for name in names("aggregator")}
    return [
        name
        for name, one in configs.items()
        if isinstance(one, SetTrainingConfig) and "pool" in one.options
    ]


def photos(number: int, dimension: int) -> np.ndarray:
    random = np.random.default_rng(0)
    values = random.integers(-120, 120, (number, dimension))
    return np.maximum(values, 0).astype(np.uint8)


def built(name: str, dimension: int, categories: int) -> PooledAggregator:
    options = config_named(name).options
    aggregator = PooledAggregator(dimension, categories, SCALE, **options)
    aggregator.build((None, None, dimension))
    aggregator.adapt(photos(64, dimension))
    random = np.random.default_rng(1)
    for weight in aggregator.trainable_weights:
        weight.assign(weight + random.normal(0, 0.02, weight.shape))
    return aggregator


def test_the_family_is_whole() -> None:
    """The published networks and the four beyond them, by name."""
    attention = {
        f"attention_{blocks}{gate}" for blocks in (1, 2) for gate in ("", "_gating")
    }
    others = {"average", "average_hidden", "squeezed_1", "squeeze_expand_2"}
    beyond = {"learned_queries", "mean_max", "nextvlad", "set_transformer"}
    assert attention | others | beyond <= set(family())


@pytest.mark.parametrize("name", family())
def test_is_exported_and_proven_against_keras(name: str) -> None:
    """Any number and order of photos, weights once, the phone's runtime."""
    # Its graph would be as large as its weights if photos were smaller.
    dimension = 1024 if name == "set_transformer" else DIMENSION
    features = photos(200, dimension)
    files = export_aggregator(built(name, dimension, CATEGORIES), features)
    assert set(files.proof.errors) == set(PHOTO_COUNTS)
    assert max(files.proof.errors.values()) < 1e-4
    for model in filter(None, (files.floating, files.quantised)):
        assert not model.custom_operators
        assert version_key(model.minimum_runtime) <= (2, 16, 1)
        assert model.operators.get("FULLY_CONNECTED", 0) <= 9


def test_squeezed_1_is_small() -> None:
    features = photos(64, 1024)
    files = export_aggregator(built("squeezed_1", 1024, 1000), features)
    assert len(files.floating.content) <= 3.2 * MEGABYTE
    assert files.quantised is not None
    assert len(files.quantised.content) <= MEGABYTE
