import numpy as np
import pytest
from synthetic import small_users

from training.aggregators.set_batches import LENGTH_STEP, SetBatches
from training.features.feature_set import FeatureSet
from training.users import worlds
from training.users.batches import batch_rows, padded
from training.users.user_sets import UserSet, labels


@pytest.fixture(scope="module")
def sets(feature_set: FeatureSet) -> list[UserSet]:
    return small_users(feature_set).sets(worlds.USERS, "train")


def test_gathers_what_padding_by_hand_does(
    feature_set: FeatureSet, sets: list[UserSet]
) -> None:
    """Same users, photos and labels, in the same order, padding masked."""
    floats = feature_set.features.astype(np.float32)
    ours = SetBatches(sets, feature_set, floats, 32).epoch(seed=3)
    rows = batch_rows(np.array([len(one.photos) for one in sets]), 32, seed=3)
    assert sum(map(len, rows)) == len(sets)
    for ((photos, mask), truth), chosen in zip(ours, rows, strict=True):
        members = [sets[row] for row in chosen]
        expected, real = padded(members, feature_set.features)
        longest = real.shape[1]
        np.testing.assert_array_equal(mask[:, :longest], real)
        assert mask.shape[1] % LENGTH_STEP == 0 and not mask[:, longest:].numpy().any()
        np.testing.assert_array_equal(truth, labels(members, feature_set))
        np.testing.assert_array_equal(photos[mask], expected[real])


def test_an_epoch_depends_on_its_seed_alone(
    feature_set: FeatureSet, sets: list[UserSet]
) -> None:
    floats = feature_set.features.astype(np.float32)
    once, again = (SetBatches(sets, feature_set, floats, 32) for _ in range(2))
    told = [
        np.concatenate([truth for _, truth in made.epoch(seed)])
        for made, seed in ((once, 1), (again, 1), (once, 2))
    ]
    np.testing.assert_array_equal(told[0], told[1])
    assert not np.array_equal(told[0], told[2])
