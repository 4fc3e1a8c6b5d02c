"""A synthetic scenario in which appearance alone decides who takes what.

Every item is a square of one of three colours with noise on it, every user takes items
of one colour, and some items are never taken before the test. Only the colour
distinguishes a new item, so a ranker that does not look is at chance on these.
"""

import numpy as np

from training.experiments.recommenders.data import RankingData

COLOURS = np.array([[230, 40, 40], [40, 200, 60], [50, 70, 220]])
NOISE_FEATURES = 13
TAKEN = 8


def synthetic_preference(
    users: int = 200, items: int = 120, new: int = 30, size: int = 0, seed: int = 0
) -> RankingData:
    """Draw the scenario.

    Args:
        users: How many.
        items: How many.
        new: Of these, those never taken before the test.
        size: Height and width of the pictures; 0 for none.
        seed: Of everything.
    """
    random = np.random.default_rng(seed)
    colour = random.integers(len(COLOURS), size=items)
    likes = random.integers(len(COLOURS), size=users)
    old = np.arange(items) < items - new
    parts: tuple[list, list, list] = ([], [], [])
    for user in range(users):
        liked = random.permutation(np.flatnonzero((colour == likes[user]) & old))
        fresh = np.flatnonzero((colour == likes[user]) & ~old)
        chosen = (liked[: TAKEN - 1], liked[TAKEN - 1 : TAKEN], fresh)
        for part, rows in zip(parts, chosen, strict=True):
            part += [(user, item) for item in rows]
    noise = random.normal(0, 0.1, (items, NOISE_FEATURES))
    features = np.concatenate([COLOURS[colour] / 255, noise], axis=1)
    pixels = None
    if size:
        drawn = COLOURS[colour][:, None, None]
        drawn = drawn + random.normal(0, 20, (items, size, size, 3))
        pixels = drawn.clip(0, 255).astype(np.uint8)
    train, validation, test = (
        np.array(part, np.int32).reshape(-1, 2) for part in parts
    )
    return RankingData(
        tuple(f"user {row}" for row in range(users)),
        tuple(f"item {row}" for row in range(items)),
        train,
        validation,
        test,
        features.astype(np.float32),
        colour.astype(np.int32),
        pixels=pixels,
    )
