import pytest

from training.rankers.data import RankingData
from training.rankers.layouts.planted import planted


@pytest.fixture(scope="session")
def planted_data() -> RankingData:
    return planted(users=60, items=90)
