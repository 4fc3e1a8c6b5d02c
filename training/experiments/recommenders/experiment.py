"""The whole comparison: two splits of a simulated shop, and a drawn scenario."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from training.experiments.recommenders.compare import compare
from training.experiments.recommenders.config import RankersConfig
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.dvbpr import Dvbpr
from training.experiments.recommenders.layouts.simulated import Shop, simulate_shop
from training.experiments.recommenders.layouts.synthetic import synthetic_preference
from training.experiments.recommenders.pictures import product_pictures
from training.experiments.recommenders.rank_users import rank_users, summary
from training.experiments.recommenders.ranker import Ranker
from training.experiments.recommenders.splits import leave_one_out
from training.experiments.recommenders.vbpr import Vbpr
from training.features.feature_set import FeatureSet
from training.simulation.config import get_config

logger = logging.getLogger(__name__)
PICTURE_SIZE = 32
"""Height and width of the drawn pictures."""


def run_comparison(
    config: RankersConfig, feature_set: FeatureSet, runs: Path, pictures: bool
) -> dict[str, Any]:
    """Train and measure everything a config names.

    Args:
        config: What to compare.
        feature_set: Photos of products and users.
        runs: Holds packed pixels; trained rankers go to its `rankers`.
        pictures: Whether to train rankers that see pixels.

    Returns:
        Ready for JSON: `config`, `temporal` and `leave_one_out` (see `compare`), and
        `synthetic_preference` (name -> AUC on new items).
    """
    shop = simulate_shop(feature_set, get_config(), config.shop)
    rankers = dict(config.rankers)
    data = shop.data
    if pictures:
        seen = product_pictures(
            runs, feature_set, shop.item_photos, config.picture_size
        )
        data = replace(data, pixels=seen)
    else:
        rankers = {n: r for n, r in rankers.items() if not isinstance(r, Dvbpr)}
        logger.warning("no pictures: rankers that see pixels are omitted")
    kept = runs / "rankers" / config.name
    chosen = {name: rankers[name] for name in config.left_one_out}
    return {
        "config": config.name,
        "temporal": compare(rankers, data, kept / "temporal"),
        "leave_one_out": compare(chosen, one_left_out(shop), kept / "leave_one_out"),
        "synthetic_preference": measure_synthetic_preference(),
    }


def one_left_out(shop: Shop) -> RankingData:
    """Split the shop's interactions by leave-one-out: no user is new there."""
    split = leave_one_out(shop.events, shop.data.items)
    galleries = dict(zip(shop.data.users, shop.data.photos or (), strict=True))
    return replace(
        shop.data,
        users=split.users,
        train=split.train,
        validation=split.validation,
        test=split.test,
        photos=[galleries[user] for user in split.users],
    )


def measure_synthetic_preference() -> dict[str, Any]:
    """Metrics on new items, in the synthetic scenario where appearance decides."""
    from training.experiments.recommenders.bpr_mf import BprMf

    data = synthetic_preference(size=PICTURE_SIZE)
    learned: dict[str, Any] = {
        "epochs": 40,
        "learning_rate": 0.02,
        "batch_size": 256,
        "eval_every": 10,
        "patience": 2,
        "regularisation": 0.1,
        "bias_regularisation": 0.01,
        "seed": 1,
        "visual_factors": 4,
        "encoder_regularisation": 0.0,
    }
    from_pixels: dict[str, Any] = {
        "encoder_learning_rate": 0.005,
        "width": 0.25,
        "weights": "",
        "frozen_convolutions": 0,
        "dropout": 0.0,
        "block": 30,
        "negatives": 2,
    }
    rankers: dict[str, Ranker] = {
        "BPR-MF": BprMf(8, 100, 0.05, 0.01, seed=1),
        "VBPR": Vbpr(8, **learned),
        "VBPR, no latent factors": Vbpr(0, **learned),
        "DVBPR": Dvbpr(
            8,
            **learned | {"epochs": 20, "learning_rate": 0.005, "eval_every": 20},
            **from_pixels,
        ),
    }
    return {
        name: summary(rank_users(ranker.fit(data), data))["new_items"]
        for name, ranker in rankers.items()
    } | {"users": len(data.users), "new_items": int(_never_taken(data).sum())}


def _never_taken(data: RankingData) -> np.ndarray:
    return ~np.isin(np.arange(len(data.items)), data.train[:, 1])
