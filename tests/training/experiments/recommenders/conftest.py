import pytest

from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.layouts.synthetic import synthetic_preference


@pytest.fixture(scope="session")
def synthetic_data() -> RankingData:
    return synthetic_preference(users=60, items=90)
