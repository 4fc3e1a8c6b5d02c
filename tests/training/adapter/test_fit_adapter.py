"""The adapter: learns what goes together, and does not pretend where nothing does."""

import numpy as np
import pytest

from training.adapter.fit_adapter import Adapter, fit_adapter, try_adapter

CATEGORIES = 8


def people(users: int, together: bool, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Noisy universal logits; interests c and c + 4 come together, or all alone."""
    random = np.random.default_rng(seed)
    truth = random.random((users, CATEGORIES)) < 0.5
    if together:
        truth[:, 4:] = truth[:, :4]
    logits = np.where(truth, 1.0, -1.0) + random.normal(0, 1.5, truth.shape)
    return logits, truth


def test_follows_its_equation() -> None:
    random = np.random.default_rng(0)
    adapter = Adapter(random.normal(size=3), random.normal(size=(3, 3)))
    logits = random.normal(size=(1, 3))
    expected = [
        logits[0, c]
        + adapter.offsets[c]
        + sum(adapter.context[c, j] / (1 + np.exp(-logits[0, j])) for j in range(3))
        for c in range(3)
    ]
    np.testing.assert_allclose(adapter.adapt(logits)[0], expected)


def test_learns_what_comes_together() -> None:
    trial = try_adapter(*people(400, together=True))
    assert trial.helps
    assert trial.gain.value > 0.03
    adapter = fit_adapter(*people(400, together=True), penalty=0.001)
    assert (adapter.context[np.arange(4), np.arange(4) + 4] > 0.5).all()


def test_finds_nothing_where_nothing_is() -> None:
    assert not try_adapter(*people(400, together=False)).helps


def test_few_users_are_too_few() -> None:
    with pytest.raises(ValueError, match="at least 50 with interests.*received 20"):
        try_adapter(*people(20, together=True))
