"""The whole comparison, on a small shop, and the tables that the command prints."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training.experiments.recommenders import experiment
from training.experiments.recommenders.bpr_mf import BprMf
from training.experiments.recommenders.config import PROPOSED, RankersConfig
from training.experiments.recommenders.dvbpr import Dvbpr
from training.experiments.recommenders.layouts.simulated import ShopConfig
from training.experiments.recommenders.nearest import Nearest
from training.experiments.recommenders.pictures import product_pictures
from training.experiments.recommenders.popularity import Popularity
from training.experiments.recommenders.ranker import Ranker
from training.experiments.recommenders.ranker_tables import main_tables
from training.features.feature_set import FeatureSet
from training.simulation.config import get_config
from training.workspace import Workspace

SHOP = ShopConfig(seed=3, warm=120, few=60, new=80, warm_interactions=10)


@pytest.fixture
def config(monkeypatch: pytest.MonkeyPatch) -> RankersConfig:
    small = replace(get_config(), users={"train": 10, "validation": 10, "test": 10})
    monkeypatch.setattr(experiment, "get_config", lambda: small)
    seen = Dvbpr.__new__(Dvbpr)  # is left out, so its settings do not matter
    rankers: dict[str, Ranker] = {
        "popularity": Popularity(),
        "BPR-MF": BprMf(4, 20, 0.05, 0.01, seed=1),
        "DVBPR": seen,
        PROPOSED: Nearest(of_mean=True),
    }
    return RankersConfig("small", rankers, ("popularity", PROPOSED), 16, SHOP)


@pytest.mark.slow
def test_two_splits_and_a_drawn_scenario_are_measured(
    config: RankersConfig, feature_set: FeatureSet, tmp_path: Path
) -> None:
    found = experiment.run_comparison(config, feature_set, tmp_path, pictures=False)
    assert set(found["temporal"]["rankers"]) == {"popularity", "BPR-MF", PROPOSED}
    assert set(found["leave_one_out"]["rankers"]) == {"popularity", PROPOSED}
    json.dumps(found)
    drawn = {
        name: one["warm"]["AUC"]["value"]
        for name, one in found["synthetic_preference"].items()
        if isinstance(one, dict)
    }
    # Appearance decides there, which BPR-MF does not see on new items.
    assert drawn["VBPR"] > drawn["BPR-MF"] + 0.2
    assert drawn["DVBPR"] > drawn["BPR-MF"]
    warm, *_, new = main_tables(found["temporal"])
    assert [row[0] for row in warm.rows] == ["popularity", "BPR-MF", PROPOSED]
    assert "new users" in new.title


def test_pictures_are_those_of_the_products(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    products = np.array([5, 2])
    with pytest.raises(ValueError, match="python -m training photos"):
        product_pictures(tmp_path, feature_set, products, 16)
    place = Workspace(tmp_path)
    place.photos.parent.mkdir()
    place.pixels.parent.mkdir()
    feature_set.photos.to_parquet(place.photos)
    count = len(feature_set.photos)
    packed = np.arange(count, dtype=np.uint16).astype(np.uint8)[:, None, None, None]
    np.save(place.pixels, np.broadcast_to(packed, (count, 32, 32, 3)))
    found = product_pictures(tmp_path, feature_set, products, 16)
    assert found.shape == (2, 16, 16, 3)
    assert found[:, 0, 0, 0].tolist() == [5, 2]
    feature_set.photos[::-1].to_parquet(place.photos)
    with pytest.raises(ValueError, match="in their order"):
        product_pictures(tmp_path, feature_set, products, 16)
