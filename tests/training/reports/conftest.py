from typing import Any

import numpy as np
import pytest

from training.metrics.evaluate import map_difference, measure


@pytest.fixture(scope="session")
def compared() -> dict[str, Any]:
    """What `compare` returns, for three synthetic aggregators of falling noise."""
    random = np.random.default_rng(0)
    sizes = {"users": 60, "gallery-100": 20, "gallery-500": 20, "contributors": 15}
    truths = {w: random.random((n, 30)) < 0.15 for w, n in sizes.items()}
    truths["interest-free-unseen"] = np.zeros((10, 30), bool)
    answers: dict[str, Any] = {}
    for name, noise in (("average", 0.5), ("attention_2", 0.3), ("photo_evidence", 0)):
        answers[name] = {
            w: (t, np.clip(0.2 + 0.6 * t + noise * random.normal(size=t.shape), 0, 1))
            for w, t in truths.items()
        }
    others = ("attention_2", "photo_evidence")
    return {
        "split": "test",
        "reference": "average",
        "aggregators": {
            name: {"parameters": 1000 * (i + 1), "scenarios": measure(answers[name])}
            for i, name in enumerate(answers)
        },
        "map_differences": {
            name: map_difference(answers[name], answers["average"]) for name in others
        },
    }
