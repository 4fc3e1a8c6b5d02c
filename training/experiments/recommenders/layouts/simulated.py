"""Simulated users in a simulated shop, over real photo features.

No real person took these photos together or bought anything. The photos of the test
split are parted: of each category, half of the groups of near-duplicates become
products and the other half the pictures that users take, so that no product stands in a
gallery. A user's interests come from `training.simulation` and decide, over two years,
the categories of both what is photographed and what is taken. Within a category a
synthetic visual preference decides: each user has a direction in the
eight strongest components of how photos of a category differ, and products also have a
quality that all users see alike. A fifth of the products come to the shop at the end,
when training is over. Users come in three groups: those who take many products, few,
and none before that end.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from training.experiments.recommenders.data import EVENT_COLUMNS, RankingData
from training.experiments.recommenders.splits import temporal
from training.features.feature_set import FeatureSet
from training.simulation.config import SimulationConfig
from training.simulation.photo_pools import PhotoPools, sample_without_replacement
from training.simulation.tastes import Interests, draw_interests, group_tastes

STYLE_COMPONENTS = 8
END = 600
"""Day on which training ends, of 731; half the days after it are validation."""
VALIDATION_DAYS = 65


@dataclass(frozen=True)
class ShopConfig:
    """What the shop and its users are like.

    Attributes:
        seed: Of everything.
        warm: Users of many interactions in training.
        few: Users of one or two.
        new: Users of none, half of them for validation.
        warm_interactions: Mean in training of a warm user, at least five.
        later_interactions: Of each user in each part after training.
        new_items: Share of the products that come after training.
        preference: Weight of the visual preference in what is chosen.
        quality: Deviation of the products' quality.
    """

    seed: int = 1
    warm: int = 2000
    few: int = 1000
    new: int = 2000
    warm_interactions: int = 14
    later_interactions: int = 3
    new_items: float = 0.2
    preference: float = 1.0
    quality: float = 0.5


@dataclass(frozen=True, eq=False)
class Shop:
    """A simulated shop.

    Attributes:
        data: Split by time.
        events: All interactions, columns `EVENT_COLUMNS`, for other splits.
        item_photos: int32 `(items,)`, photo numbers of the products.
        galleries: Photo numbers of each user.
    """

    data: RankingData
    events: pd.DataFrame
    item_photos: np.ndarray
    galleries: list[np.ndarray]


def simulate_shop(
    feature_set: FeatureSet, scenario: SimulationConfig, config: ShopConfig
) -> Shop:
    """Make shop and users; the same seed and photos give the same.

    Raises:
        ValueError: The test split has too few photos to part.
    """
    random = np.random.default_rng([config.seed, 6])
    products, pictures = part_photos(random, feature_set)
    style = style_of(feature_set, np.concatenate([products, pictures]))
    tastes = group_tastes(scenario, len(feature_set.categories))
    available = np.isin(
        np.arange(len(feature_set.categories)), feature_set.category_indices[products]
    )
    users = config.warm + config.few + config.new
    interests = draw_interests(
        random,
        np.where(available, tastes, 0.0),
        users,
        scenario.candidate_interests,
        scenario,
    )
    likes = config.preference * random.normal(size=(users, STYLE_COMPONENTS))
    likes /= np.sqrt(STYLE_COMPONENTS)
    events = _interactions(
        random, feature_set, products, style, interests, likes, scenario, config
    )
    galleries = _galleries(
        random, feature_set, pictures, style, interests, likes, scenario
    )
    data = _split(feature_set, events, products, galleries)
    return Shop(data, events, products, galleries)


def part_photos(
    random: np.random.Generator, feature_set: FeatureSet
) -> tuple[np.ndarray, np.ndarray]:
    """Part the test photos of each category into products and pictures.

    Near-duplicates stay on one side. Returns int32 photo numbers of both.
    """
    rows = feature_set.rows("test")
    rows = rows[feature_set.category_indices[rows] >= 0]
    groups = feature_set.photos["group"].to_numpy()[rows]
    products = np.zeros(len(rows), bool)
    for category in np.unique(feature_set.category_indices[rows]):
        own = np.flatnonzero(feature_set.category_indices[rows] == category)
        order = random.permutation(np.unique(groups[own]))
        # Groups fill the side that has fewer photos, so that both have some.
        for group in order:
            members = own[groups[own] == group]
            if products[own].sum() * 2 < len(own):
                products[members] = True
    if not products.any() or products.all():
        raise ValueError(
            "test split: expected photos for products and for pictures, received "
            f"{len(rows)} photos in {len(np.unique(groups))} groups"
        )
    return rows[products], rows[~products]


def style_of(feature_set: FeatureSet, rows: np.ndarray) -> np.ndarray:
    """How photos differ from others of their category.

    Returns:
        float32 `(all photos, STYLE_COMPONENTS)` with deviation 1; zeros but for `rows`.
    """
    values = feature_set.features[rows].astype(np.float32)
    kinds = feature_set.category_indices[rows]
    counts = np.bincount(kinds, minlength=len(feature_set.categories))
    sums = np.zeros((len(counts), values.shape[1]), np.float32)
    np.add.at(sums, kinds, values)
    residual = values - (sums / np.maximum(counts, 1)[:, None])[kinds]
    residual /= residual.std(axis=0) + 1e-6
    left, size, _ = np.linalg.svd(residual, full_matrices=False)
    components = left[:, :STYLE_COMPONENTS] * size[:STYLE_COMPONENTS]
    style = np.zeros((len(feature_set.features), STYLE_COMPONENTS), np.float32)
    style[rows] = components / components.std(axis=0)
    return style


def _interactions(
    random: np.random.Generator,
    feature_set: FeatureSet,
    products: np.ndarray,
    style: np.ndarray,
    interests: Interests,
    likes: np.ndarray,
    scenario: SimulationConfig,
    config: ShopConfig,
) -> pd.DataFrame:
    quality = config.quality * random.normal(size=len(feature_set.features))
    fresh = random.random(len(products)) < config.new_items
    parts = []
    for before in (True, False):
        users, days = _visits(random, scenario, config, before)
        pool = products[~fresh] if before else products
        rows = _choose(
            random, feature_set, pool, users, days, style, interests, likes, scenario,
            quality,
        )  # fmt: skip
        parts.append(pd.DataFrame({"user": users, "item": rows, "time": days}))
    events = pd.concat(parts, ignore_index=True)
    events = events[events["item"] >= 0]  # no product left in the category
    events = events.drop_duplicates(["user", "item"]).sort_values(["user", "time"])
    events["user"] = events["user"].map("{:05}".format)
    events["item"] = events["item"].map("{:05}".format)
    return events[EVENT_COLUMNS].reset_index(drop=True)


def _visits(
    random: np.random.Generator,
    scenario: SimulationConfig,
    config: ShopConfig,
    before: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """Users and days, ascending by both, of all interactions of a time."""
    if before:
        more = random.poisson(config.warm_interactions - 6, config.warm)
        counts = np.concatenate(
            [6 + more, random.integers(1, 3, config.few), np.zeros(config.new, int)]
        )
        users = np.repeat(np.arange(len(counts)), counts)
        days = random.integers(0, END, len(users))
    else:
        total = config.warm + config.few + config.new
        parts = np.ones((total, 2), bool)  # validation and test
        half = config.new // 2
        parts[total - config.new : total - half, 1] = False
        parts[total - half :, 0] = False
        users, part = np.nonzero(parts)
        users = np.repeat(users, config.later_interactions)
        part = np.repeat(part, config.later_interactions)
        lengths = np.array([VALIDATION_DAYS, scenario.days - END - VALIDATION_DAYS])
        days = END + VALIDATION_DAYS * part
        days = days + (random.random(len(users)) * lengths[part]).astype(int)
    return users, days[np.lexsort((days, users))]


def _choose(
    random: np.random.Generator,
    feature_set: FeatureSet,
    pool: np.ndarray,
    users: np.ndarray,
    days: np.ndarray,
    style: np.ndarray,
    interests: Interests,
    likes: np.ndarray,
    scenario: SimulationConfig,
    quality: np.ndarray,
) -> np.ndarray:
    """Choose a photo for each visit: category by interest, photo by preference.

    Returns:
        int `(visits,)`, photo numbers; -1 where the pool has no more of the category.
    """
    kinds = interests.draw(random, users, days / scenario.days, scenario.interest_span)
    chosen = np.full(len(users), -1)
    categories = feature_set.category_indices[pool]
    for kind in np.unique(kinds):
        own, visits = pool[categories == kind], np.flatnonzero(kinds == kind)
        if not len(own):
            continue
        _, first, hand = np.unique(
            users[visits], return_index=True, return_inverse=True
        )
        turn = np.arange(len(visits)) - first[hand]
        weights = likes[users[visits][first]] @ style[own].T + quality[own]
        order = np.argsort(-(weights + random.gumbel(size=weights.shape)), axis=1)
        enough = turn < len(own)
        chosen[visits[enough]] = own[order[hand[enough], turn[enough]]]
    return chosen


def _galleries(
    random: np.random.Generator,
    feature_set: FeatureSet,
    pictures: np.ndarray,
    style: np.ndarray,
    interests: Interests,
    likes: np.ndarray,
    scenario: SimulationConfig,
) -> list[np.ndarray]:
    """Photos of each user: of interests, and some of no interest, as in `users`."""
    people = len(likes)
    chance = 1 / (scenario.mean_photos - scenario.minimum_photos + 1)
    counts = scenario.minimum_photos + random.geometric(chance, people) - 1
    counts = np.minimum(counts, scenario.maximum_photos)
    users = np.repeat(np.arange(people), counts)
    days = random.integers(0, scenario.days, len(users))
    days = days[np.lexsort((days, users))]
    shown = _choose(
        random, feature_set, pictures, users, days, style, interests, likes, scenario,
        np.zeros(len(feature_set.features)),
    )  # fmt: skip
    none = random.random(len(users)) < scenario.maximum_none_share / 2
    pools = PhotoPools.of_split(feature_set, "test").none
    background = sample_without_replacement(
        random, users, np.concatenate(list(pools.values()))
    )
    shown = np.where(none | (shown < 0), background, shown).astype(np.int32)
    return np.split(shown, np.cumsum(counts)[:-1])


def _split(
    feature_set: FeatureSet,
    events: pd.DataFrame,
    products: np.ndarray,
    galleries: list[np.ndarray],
) -> RankingData:
    items = tuple(f"{photo:05}" for photo in products)
    split = temporal(events, items, validation=END, test=END + VALIDATION_DAYS)
    return RankingData(
        *split[:1],
        items,
        *split[1:],
        feature_set.features[products],
        feature_set.category_indices[products],
        photos=[feature_set.features[galleries[int(user)]] for user in split.users],
    )
