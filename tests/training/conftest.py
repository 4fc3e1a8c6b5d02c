"""What tests of training share: synthetic photos, features and users."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from synthetic import synthetic_feature_set  # noqa: E402

from training.backbone.config import BackboneConfig, Stage  # noqa: E402
from training.features.feature_set import FeatureSet  # noqa: E402

SIZE = 32
CATEGORIES = 3


@pytest.fixture(scope="session")
def coloured_photos() -> tuple[np.ndarray, pd.DataFrame]:
    """Photos whose category is their colour; label 3 is none, and grey."""
    random = np.random.default_rng(1)
    labels = np.arange(64) % (CATEGORIES + 1)
    colours = np.array([(220, 30, 30), (30, 220, 30), (30, 30, 220), (120, 120, 120)])
    noise = random.integers(-30, 30, (64, SIZE, SIZE, 3))
    pixels = np.clip(colours[labels][:, None, None] + noise, 0, 255).astype(np.uint8)
    splits = np.where(np.arange(64) < 40, "train", "validation")
    splits[52:] = "test"
    names = ["a", "b", "c", ""]
    table = pd.DataFrame({"category": [names[i] for i in labels], "split": splits})
    return pixels, table


@pytest.fixture(scope="session")
def small_config() -> BackboneConfig:
    from training.configs.backbone_two_cores import get_config

    return replace(
        get_config(),
        name="small",
        batch_size=20,
        stages=(
            Stage(22, epochs=1, learning_rate=1e-3, crop_size=SIZE, decay=True),
            Stage(0, epochs=2, learning_rate=1e-4, crop_size=SIZE, decay=True),
        ),
    )


@pytest.fixture(scope="session")
def feature_set() -> FeatureSet:
    return synthetic_feature_set()
