"""What was made once is found again, unless it would be another."""

import numpy as np

from training.experiments.fast_extractors.cached_array import cached_array


def test_made_once_for_a_key(tmp_path) -> None:
    path, made = tmp_path / "some" / "predictions.npz", []

    def make() -> np.ndarray:
        made.append(len(made))
        return np.array([3, 1, len(made)])

    first = cached_array(path, "a", make)
    np.testing.assert_array_equal(cached_array(path, "a", make), first)
    assert made == [0]
    np.testing.assert_array_equal(cached_array(path, "b", make), [3, 1, 2])
    np.testing.assert_array_equal(cached_array(path, "b", make), [3, 1, 2])
    assert made == [0, 1]
