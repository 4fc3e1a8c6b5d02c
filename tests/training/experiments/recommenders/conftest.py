import pytest

from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.layouts.planted import planted


@pytest.fixture(scope="session")
def planted_data() -> RankingData:
    return planted(users=60, items=90)
