import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.features.feature_set import FeatureSet
from training.users.batches import batch_rows, batches, padded
from training.users.user_sets import UserSet, labels


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


def test_batches_carry_features_mask_and_labels(feature_set: FeatureSet) -> None:
    sets = _sets([3, 9, 4, 4], len(feature_set.features))
    rows = batch_rows(np.array([3, 9, 4, 4]), 3)
    for batch, members in zip(batches(sets, feature_set, 3), rows, strict=True):
        assert batch.features.dtype == np.uint8
        np.testing.assert_array_equal(
            batch.labels, labels([sets[m] for m in members], feature_set)
        )
        for i, member in enumerate(members):
            photos = sets[member].photos
            assert batch.mask[i].tolist() == [
                n < len(photos) for n in range(batch.mask.shape[1])
            ]
            np.testing.assert_array_equal(
                batch.features[i, : len(photos)], feature_set.features[photos]
            )
            assert not batch.features[i, len(photos) :].any()


def test_padding_ends_at_the_longest(feature_set: FeatureSet) -> None:
    features, mask = padded(_sets([2, 5], 10), feature_set.features)
    assert features.shape == (2, 5, feature_set.dimension)
    assert mask.sum() == 7


def test_an_empty_set_is_refused(feature_set: FeatureSet) -> None:
    with pytest.raises(ValueError, match="sets from 0 photos"):
        next(batches(_sets([3, 0], 10), feature_set, 2))
