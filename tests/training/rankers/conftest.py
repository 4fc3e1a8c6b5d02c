import numpy as np
import pytest

from training.rankers.data import RankingData

COLOURS = np.array([[230, 40, 40], [40, 200, 60], [50, 70, 220]])


def planted(
    users: int = 60, items: int = 90, new: int = 30, size: int = 0, seed: int = 0
) -> RankingData:
    """Everyone likes one colour; new items are never taken before the test.

    Features hold colour and noise; nothing else tells who takes what.
    """
    random = np.random.default_rng(seed)
    colour = random.integers(3, size=items)
    likes = random.integers(3, size=users)
    old = np.arange(items) < items - new
    train, validation, test = [], [], []
    for user in range(users):
        liked = random.permutation(np.flatnonzero((colour == likes[user]) & old))[:8]
        train += [(user, item) for item in liked[:7]]
        validation += [(user, item) for item in liked[7:]]
        fresh = random.permutation(np.flatnonzero((colour == likes[user]) & ~old))
        test += [(user, item) for item in fresh]
    features = np.concatenate(
        [COLOURS[colour] / 255, random.normal(0, 0.1, (items, 13))], axis=1
    )
    pixels = None
    if size:
        noise = random.normal(0, 20, (items, size, size, 3))
        drawn = COLOURS[colour][:, None, None] + noise
        pixels = drawn.clip(0, 255).astype(np.uint8)
    pairs = (np.array(p, np.int32).reshape(-1, 2) for p in (train, validation, test))
    return RankingData(
        tuple(f"u{i}" for i in range(users)),
        tuple(f"i{i}" for i in range(items)),
        *pairs,
        features.astype(np.float32),
        colour.astype(np.int32),
        pixels=pixels,
    )


@pytest.fixture(scope="session")
def planted_data() -> RankingData:
    return planted()
