"""From files in the shop's layouts and a server of pictures to a trained aggregator."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from failing_server import FailingServer, failing_server
from made_files import PATHS, line, product, write_shop
from PIL import Image

from photo_interests.bundle.location import find_bundle
from training.aggregators.fit import fit
from training.configs import config_named
from training.experiments.amazon.features import category_ids, split_of
from training.experiments.amazon.fetch import FetchPolicy
from training.experiments.amazon.filters import Rules
from training.experiments.amazon.histories import Source
from training.experiments.amazon.prepare import Plan, Selection, prepare
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel, compare
from training.metrics.predictor import keras_predictor
from training.simulation.scenario_names import SHOPPERS, USERS, is_simulated, title
from training.simulation.user_sets import UserSets
from training.steps import load_data

ITEMS = 40


@pytest.fixture(scope="module")
def server() -> Iterator[FailingServer]:
    with failing_server() as running:
        yield running


@pytest.fixture(scope="module")
def runs(
    server: FailingServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    runs = tmp_path_factory.mktemp("runs")
    reviews, metadata = write_shop(
        runs / "shop", 2014, users=160, items=ITEMS, address=server.address
    )
    gone = product("BGONE", PATHS[0], f"{server.address}/gone/x.jpg")
    more = runs / "more.json"
    more.write_bytes(line(gone, 2014, metadata=True))
    plan = Plan(
        Source([reviews], [metadata, more]),
        Rules(core=3),
        Selection(),
        find_bundle(),
        FetchPolicy(requests_per_second=1000),
        processes=1,
    )
    values = prepare(plan, runs)
    assert values["pictures"]["states"] == {"stored": ITEMS, "missing": 0, "failed": 0}
    yield runs


def test_shoppers_are_real_and_their_photos_are_dated(runs: Path) -> None:
    feature_set, sets = load_data(runs / "features")
    assert set(sets.scenarios) == {SHOPPERS}
    assert not is_simulated(SHOPPERS) and "real" in title(SHOPPERS)
    assert sets.sets(USERS, "test") == [] or len(sets.sets(USERS, "test")) > 10
    for split in ("train", "validation", "test"):
        for user in sets.sets(SHOPPERS, split):
            assert (np.diff(user.days) >= 0).all() and user.days[0] >= 14_610
            assert 5 <= len(user.photos) <= 40
            assert set(feature_set.photos["split"].iloc[user.photos]) == {split}
    assert len(feature_set.categories) == len(PATHS)
    assert feature_set.categories[0].startswith("amazon.home_kitchen.")


@pytest.mark.slow
def test_an_aggregator_learns_from_shoppers(runs: Path) -> None:
    feature_set, sets = load_data(runs / "features")
    config = replace(config_named("average", "aggregator", quick=True), epochs=12)
    average = fit(config, feature_set, sets, runs / "average")
    values = compare(
        {"average": ComparedModel(keras_predictor(average), 0)}, sets, feature_set
    )
    measured = values["aggregators"]["average"]["scenarios"][SHOPPERS]
    assert not measured["simulated"]
    assert measured["metrics"]["map"]["value"] > 0.9


@pytest.mark.slow
def test_photo_evidence_learns_from_shoppers_alone(runs: Path) -> None:
    feature_set, sets = load_data(runs / "features")
    config = config_named("photo_evidence", "aggregator", quick=True)
    evidence = fit(config, feature_set, sets, runs / "photo_evidence")
    values = compare(
        {"ours": ComparedModel(keras_predictor(evidence), 0)}, sets, feature_set
    )
    metrics = values["aggregators"]["ours"]["scenarios"][SHOPPERS]["metrics"]
    assert metrics["map"]["value"] > 0.9


def test_an_item_of_two_splits_is_two_photos_of_one_group(runs: Path) -> None:
    photos = FeatureSet.load(runs / "features").photos
    shared = photos[photos["group"] == photos["group"].mode()[0]]
    assert shared["split"].nunique() > 1
    assert shared["photo"].is_unique and shared["label"].nunique() == 1


def test_splits_are_the_papers_and_never_change() -> None:
    splits = [split_of(f"A{i}", 1) for i in range(5000)]
    assert splits == [split_of(f"A{i}", 1) for i in range(5000)]
    assert abs(splits.count("test") / 5000 - 0.3) < 0.03


def test_categories_of_one_name_keep_apart() -> None:
    ids = category_ids(pd.Series(["A > B & C", "A > B, C", "A > B & C"]))
    assert ids == {"A > B & C": "amazon.a.b_c", "A > B, C": "amazon.a.b_c_2"}
    ids = category_ids(pd.Series(["A 2", "A 2", "A", "a"]))
    assert sorted(ids.values()) == ["amazon.a", "amazon.a_2", "amazon.a_3"]


def test_user_sets_without_shoppers_have_no_stand_in(project_root: Path) -> None:
    sets = UserSets.load(project_root / "training/features/everyday-178/users.parquet")
    with pytest.raises(ValueError, match="expected scenario"):
        sets.sets(SHOPPERS, "test")


@pytest.mark.slow
@pytest.mark.parametrize("layout", [2014, 2018, 2023])
def test_a_folder_of_local_pictures_is_all_that_is_needed(
    tmp_path: Path, layout: int
) -> None:
    """No request is made: there is no policy, and nothing listens at the address."""
    reviews, metadata = write_shop(tmp_path / "shop", layout)
    local = tmp_path / "pictures"
    local.mkdir()
    noise = np.random.default_rng(1).integers(0, 256, (20, 48, 64, 3), np.uint8)
    for number, pixels in enumerate(noise):
        Image.fromarray(pixels).save(local / f"B{number:09}.jpg")
    plan = Plan(
        Source([reviews], [metadata]),
        Rules(core=3),
        Selection(),
        find_bundle(),
        policy=None,
        local_pictures=local,
        processes=1,
    )
    values = prepare(plan, tmp_path / "out")
    assert values["pictures"]["states"] == {"stored": 20, "missing": 0, "failed": 0}
    feature_set, sets = load_data(tmp_path / "out" / "features")
    assert len(feature_set.features) >= 20
    assert len(np.unique(feature_set.features, axis=0)) == 20
    users = sum(len(sets.sets(SHOPPERS, s)) for s in ("train", "validation", "test"))
    assert users == 30
