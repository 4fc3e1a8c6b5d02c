"""The shards that workers take of a batch make up the batch."""

import numpy as np
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from training.distribution import Shard


@settings(max_examples=20)
@given(
    size=st.integers(1, 9),
    workers=st.integers(1, 3),
    here=st.integers(1, 2),
)
def test_every_example_is_taken_once_and_the_shares_sum_to_one(
    size: int, workers: int, here: int
) -> None:
    labels = np.arange(size)
    batch = tf.data.Dataset.from_tensors(((labels * 2, labels * 3), labels))
    taken, shares = [], []
    for worker in range(workers):
        parts = list(Shard(worker, here, workers * here).of(batch).as_numpy_iterator())
        assert len(parts) == here
        for (double, triple), own, share in parts:
            assert len(own), "a replica without an example would give NaN"
            np.testing.assert_array_equal(double, own * 2)
            np.testing.assert_array_equal(triple, own * 3)
            assert share in (0, np.float32(len(own)) / np.float32(size))
            taken += own.tolist() if share else []
            shares.append(share)
    assert sorted(taken) == labels.tolist()
    np.testing.assert_allclose(sum(shares), 1, rtol=1e-6)
