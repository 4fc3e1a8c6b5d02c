import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from synthetic import synthetic_feature_set  # noqa: E402

from training.features.feature_set import FeatureSet  # noqa: E402


@pytest.fixture(scope="session")
def feature_set() -> FeatureSet:
    return synthetic_feature_set()
