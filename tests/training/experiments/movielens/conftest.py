from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.experiments.movielens.rated_pictures import (
    RatedPictures,
    read_rated_pictures,
)

USERS, ITEMS, RATINGS_OF_A_USER = 40, 30, 8


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    random = np.random.default_rng(1)
    for item in range(ITEMS):
        noise = random.integers(0, 256, (24, 16, 3), np.uint8)
        Image.fromarray(noise).save(folder / f"{item}.jpg")
    return folder


@pytest.fixture(scope="session")
def ratings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table in the layout of MovieLens 100K, with an item that has no picture."""
    random = np.random.default_rng(2)
    lines = ["user\titem\trating\ttimestamp", "0\tunseen\t3\t1"]
    for user in range(USERS):
        for item in random.choice(ITEMS, RATINGS_OF_A_USER, replace=False):
            lines.append(f"{user}\t{item}\t4\t{random.integers(2, 1000)}")
    path = tmp_path_factory.mktemp("ratings") / "ratings.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def rated(ratings: Path, pictures: Path) -> RatedPictures:
    return read_rated_pictures(ratings, pictures)
