"""Fewer photos may miss products; all of them miss none."""

import numpy as np

from photo_interests.models.model_output import ModelOutput
from training.experiments.app import strongest_photos

PHOTOS, ITEMS, INTERESTS = 30, 40, 3


def _chances(rows, seed):
    draw = np.random.default_rng(seed)
    return draw.dirichlet(np.ones(INTERESTS + 1), rows)[:, :-1].astype(np.float32)


def _model(photos):
    chances = _chances(len(photos), len(photos))
    even = np.full(chances.shape, 1 / len(photos), np.float32)
    return ModelOutput(np.array([0.9, 0.2, 0.7], np.float32), even, chances)


def test_all_photos_miss_nothing_and_few_do(monkeypatch):
    monkeypatch.setattr(strongest_photos, "PHOTOS", (1, PHOTOS))
    monkeypatch.setattr(strongest_photos, "TOP", 5)
    draw = np.random.default_rng(0)
    photos = draw.integers(0, 256, (PHOTOS, 8)).astype(np.uint8)
    items = draw.integers(0, 256, (ITEMS, 8)).astype(np.uint8)
    found = strongest_photos._overlaps(photos, _model, items, _chances(ITEMS, 1))
    assert found[PHOTOS] == (1.0, True)
    assert found[1][0] < 1
