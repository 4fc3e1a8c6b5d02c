import keras
import numpy as np
import pytest

from training.aggregators.pools.attention_pool import AttentionPool
from training.experiments.everyday_galleries.published_family import (
    FOLDS,
    NETWORKS,
    Network,
    folds,
    measure_family,
    train,
)
from training.experiments.everyday_galleries.training_sets import (
    Photos,
    Sets,
    compose,
    draw_sets,
)
from training.features.feature_set import FeatureSet
from training.galleries.benchmark import Benchmark, interest_fitter, make_benchmark
from training.galleries.photos import load_everyday_photos
from training.galleries.truth import KIND_WEIGHT
from training.interests.parts import FEATURES
from training.interests.steps import load_answers
from training.vocabulary.interests import Interests, load_interests


@pytest.fixture(scope="module")
def interests() -> Interests:
    return load_interests()


@pytest.fixture(scope="module")
def benchmark(interests: Interests) -> Benchmark:
    return make_benchmark(load_everyday_photos(), interests, 2, 1)


@pytest.fixture(scope="module")
def composed(interests: Interests) -> Photos:
    stored = FeatureSet.load(FEATURES)
    rows = stored.rows("train")
    kinds = stored.category_indices[rows]
    belongs = interests.weights >= KIND_WEIGHT
    return Photos(stored.features[rows], belongs[kinds] & (kinds >= 0)[:, None])


def test_every_source_is_in_one_fold() -> None:
    sources = np.array(["a"] * 5 + ["b"] * 3 + list("cdefg"))
    found = folds(sources)
    assert set(found) == set("abcdefg")
    assert set(found.values()) == set(range(FOLDS))
    assert found["a"] != found["b"]  # the two largest


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


def test_training_sets_hold_photos_of_the_kept_sources_alone(
    composed: Photos, benchmark: Benchmark
) -> None:
    keep = benchmark.photos.sources != "flickr8k"
    sets = draw_sets(benchmark, composed, keep, seed=1)
    rows = np.concatenate(sets.rows)
    everyday = rows[rows < len(keep)]
    assert len(everyday)
    assert keep[everyday].all()
    assert rows.max() >= len(keep)
    assert len(sets.rows) == len(sets.truth)


def test_a_network_learns_what_its_sets_show() -> None:
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
    network = Network(AttentionPool(1 / 32), hidden=64)
    trained = train(network, photos, sets, shown)
    with_it, without = trained(photos[:7]), trained(photos[300:307])
    assert with_it.shape == (1, 1)
    assert with_it[0, 0] > without[0, 0] + 0.3


@pytest.mark.slow
def test_claims_are_of_the_galleries_and_let_few_false_ones_through(
    benchmark: Benchmark, composed: Photos
) -> None:
    keras.utils.set_random_seed(0)
    fitter, _ = interest_fitter(benchmark, load_answers()[0])
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
    right = claims.probabilities[:, benchmark.fitted][support[:, benchmark.fitted]]
    wrong = claims.probabilities[:, benchmark.fitted][~support[:, benchmark.fitted]]
    assert right.mean() > 2 * wrong.mean()
