import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.features.feature_set import FeatureSet
from training.simulation.batches import batch_rows, padded
from training.simulation.user_sets import UserSet


def _sets(lengths: list[int], photos: int) -> list[UserSet]:
    random = np.random.default_rng(0)
    return [
        UserSet(i, random.integers(0, photos, n).astype(np.int32), np.zeros(n, int))
        for i, n in enumerate(lengths)
    ]


@given(
    st.lists(st.integers(1, 60), max_size=50),
    st.integers(1, 9),
    st.none() | st.integers(0, 5),
    st.integers(1, 200),
)
def test_batches_are_a_permutation_within_bounds(
    lengths: list[int], size: int, seed: int | None, most: int
) -> None:
    rows = batch_rows(np.array(lengths, int), size, seed, most)
    assert sorted(row for batch in rows for row in batch) == list(range(len(lengths)))
    for batch in rows:
        assert 1 <= len(batch) <= size
        assert len(batch) == 1 or len(batch) * max(lengths[r] for r in batch) <= most


def test_batches_hold_sets_of_similar_length() -> None:
    lengths = np.random.default_rng(0).integers(5, 41, 2000)
    rows = batch_rows(lengths, 64, seed=1)
    padding = sum(len(b) * lengths[b].max() - lengths[b].sum() for b in rows)
    assert padding / lengths.sum() < 0.03


def test_the_seed_shuffles_and_decides() -> None:
    lengths = np.full(40, 7)
    first, same, other = (
        [b.tolist() for b in batch_rows(lengths, 8, seed)] for seed in (1, 1, 2)
    )
    assert first == same != other


def test_padding_ends_at_the_longest(feature_set: FeatureSet) -> None:
    sets = _sets([2, 5], len(feature_set.features))
    features, mask = padded(sets, feature_set.features)
    assert features.shape == (2, 5, feature_set.dimension)
    assert mask.tolist() == [[n < 2 for n in range(5)], [True] * 5]
    for row, one in zip(features, sets, strict=True):
        photos = len(one.photos)
        np.testing.assert_array_equal(row[:photos], feature_set.features[one.photos])
        assert not row[photos:].any()


def test_an_empty_set_is_refused() -> None:
    with pytest.raises(ValueError, match="sets from 0 photos"):
        batch_rows(np.array([3, 0]), 2)
