import keras
import numpy as np
import pytest

from training.aggregators.pools.attention_pool import AttentionPool
from training.experiments.everyday_galleries.published_family import (
    NETWORKS,
    SET_LABELS,
    Network,
    measure_family,
    train,
)
from training.experiments.everyday_galleries.released_benchmark import (
    released_benchmark,
    released_fitter,
)
from training.experiments.everyday_galleries.training_sets import (
    Photos,
    Sets,
    compose,
)
from training.features.feature_set import FeatureSet
from training.galleries.benchmark import Benchmark
from training.galleries.truth import KIND_WEIGHT
from training.interests.parts import FEATURES
from training.vocabulary.interests import Interests, load_interests


@pytest.fixture(scope="module")
def interests() -> Interests:
    return load_interests()


@pytest.fixture(scope="module")
def benchmark() -> Benchmark:
    return released_benchmark(2, 1)


@pytest.fixture(scope="module")
def composed(interests: Interests) -> Photos:
    stored = FeatureSet.load(FEATURES)
    rows = stored.rows("train")
    kinds = stored.category_indices[rows]
    belongs = interests.weights >= KIND_WEIGHT
    sources = np.where(np.arange(len(rows)) % 2, "ffml", "")
    truth = belongs[kinds] & (kinds >= 0)[:, None]
    return Photos(stored.features[rows], truth, sources)


def test_composed_sets_have_each_photo_once_and_what_comes_back(
    composed: Photos, benchmark: Benchmark
) -> None:
    sets = compose(composed, benchmark.fitted, 6, seed=3)
    for rows, truth in zip(sets.rows, sets.truth, strict=True):
        assert 100 <= len(rows) <= 160
        assert len(set(rows)) == len(rows)
        counts = composed.truth[rows].sum(axis=0)
        np.testing.assert_array_equal(truth, counts >= np.maximum(2, 0.02 * len(rows)))
    assert sets.truth.sum(axis=1).min() >= 1


def test_sets_without_a_source_have_none_of_its_photos(
    composed: Photos, benchmark: Benchmark
) -> None:
    sets = compose(composed, benchmark.fitted, 4, seed=1, without="ffml")
    assert set(composed.sources[np.concatenate(sets.rows)]) == {""}
    every = compose(composed, benchmark.fitted, 4, seed=1)
    assert set(composed.sources[np.concatenate(every.rows)]) == {"", "ffml"}


@pytest.mark.parametrize(
    "network", [Network(AttentionPool(1 / 32), hidden=64), *SET_LABELS.values()]
)
def test_a_network_learns_what_its_sets_show(network: Network) -> None:
    random = np.random.default_rng(0)
    photos = random.integers(0, 40, (400, 16), np.uint8)
    photos[:200, 0] += 200  # what the first interest is known by
    rows, truth = [], []
    for number in range(4000):
        start = 0 if number % 2 else 200
        rows.append(random.choice(200, random.integers(5, 9), replace=False) + start)
        truth.append([bool(number % 2), False])
    sets = Sets(rows, np.array(truth))
    shown = np.array([True, False])
    trained = train(network, photos, sets, shown)
    with_it, without = trained(photos[:7]), trained(photos[300:307])
    assert with_it.shape == (1, 1)
    assert with_it[0, 0] > without[0, 0] + 0.3


@pytest.mark.slow
def test_claims_are_of_the_galleries_and_let_few_false_ones_through(
    benchmark: Benchmark, composed: Photos
) -> None:
    keras.utils.set_random_seed(0)
    fitter = released_fitter(benchmark)
    name = "average (poster)"
    networks = {name: NETWORKS[name]}
    claims = measure_family(benchmark, composed, fitter, 0.5, networks, epochs=1)[name]
    galleries = benchmark.galleries["small"]
    assert claims.shown.shape == (len(galleries), len(benchmark.ids))
    assert not claims.shown[:, ~benchmark.fitted].any()
    support = np.stack(
        [benchmark.truth.interests[one.rows].any(axis=0) for one in galleries]
    )
    assert (claims.shown & ~support).sum() <= 0.5 * len(galleries)
    said = claims.probabilities[:, benchmark.fitted]
    assert ((said > 0) & (said < 1)).all()
    assert said[claims.shown[:, benchmark.fitted]].min(initial=1) >= said.mean()
