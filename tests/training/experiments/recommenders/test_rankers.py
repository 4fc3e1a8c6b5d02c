"""The contract of every ranker, over one small scenario with a synthetic preference."""

from dataclasses import replace

import numpy as np
import pytest

from training.backbone.mobilenet import build_extractor
from training.experiments.recommenders.bpr_mf import BprMf, cornac_bpr
from training.experiments.recommenders.data import User
from training.experiments.recommenders.dvbpr import Dvbpr
from training.experiments.recommenders.factorisation_machine import FactorisationMachine
from training.experiments.recommenders.folded import FoldedVbpr
from training.experiments.recommenders.layouts.synthetic import synthetic_preference
from training.experiments.recommenders.nearest import Nearest
from training.experiments.recommenders.popularity import Popularity
from training.experiments.recommenders.ranker import Ranker
from training.experiments.recommenders.ranking import rank_metrics, tie_order
from training.experiments.recommenders.vbpr import Vbpr

GRADIENT = {
    "epochs": 40,
    "learning_rate": 0.02,
    "batch_size": 256,
    "eval_every": 10,
    "patience": 2,
    "regularisation": 0.1,
    "bias_regularisation": 0.01,
    "seed": 1,
}
MAKERS = {
    "popularity": Popularity,
    "bpr_mf": lambda: BprMf(8, 100, 0.05, 0.01, 1),
    "fm": lambda: FactorisationMachine(8, **GRADIENT),
    "vbpr": lambda: Vbpr(0, **GRADIENT, visual_factors=4, encoder_regularisation=0.0),
    "vbpr_latent": lambda: Vbpr(
        8, **GRADIENT, visual_factors=4, encoder_regularisation=0.0
    ),
    "folded": lambda: FoldedVbpr(
        0, **GRADIENT, visual_factors=4, encoder_regularisation=0.0, others=30
    ),
    "dvbpr": lambda: Dvbpr(
        0,
        **GRADIENT | {"epochs": 20, "learning_rate": 0.005, "eval_every": 20},
        visual_factors=4,
        encoder_regularisation=1e-4,
        encoder_learning_rate=0.005,
        width=0.25,
        weights="",
        frozen_convolutions=0,
        dropout=0.0,
        block=30,
        negatives=2,
    ),
    "nearest": lambda: Nearest(of_mean=False),
    "nearest_mean": lambda: Nearest(of_mean=True),
}
LEARNS_LOOKS = ("vbpr", "vbpr_latent", "dvbpr", "nearest", "nearest_mean")
FACTORS = ("bpr_mf", "fm", "vbpr", "vbpr_latent", "folded", "dvbpr")
PERSONAL = [name for name in MAKERS if name != "popularity"]


@pytest.fixture(scope="module")
def scenario():
    return synthetic_preference(size=32)


@pytest.fixture(scope="module")
def fitted(scenario):
    made: dict[str, Ranker] = {}

    def get(name):
        if name not in made:
            made[name] = MAKERS[name]().fit(scenario)
        return made[name]

    return get


def auc_of_new_items(ranker, scenario):
    new = ~np.isin(np.arange(len(scenario.items)), scenario.train[:, 1])
    ties = tie_order(len(scenario.items), 0)
    return np.mean(
        [
            rank_metrics(ranker.score(scenario.user(u)), wanted, new, ties)[0]
            for u in range(len(scenario.users))
            if len(wanted := scenario.test[scenario.test[:, 0] == u, 1])
        ]
    )


@pytest.mark.parametrize("name", MAKERS)
def test_scores_every_item_with_numbers(name, scenario, fitted):
    scores = fitted(name).score(scenario.user(3))
    assert scores.shape == (len(scenario.items),)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "dvbpr"])
def test_same_seed_same_scores(name, scenario, fitted):
    again = MAKERS[name]().fit(scenario)
    user = scenario.user(5)
    np.testing.assert_allclose(again.score(user), fitted(name).score(user), atol=1e-5)


@pytest.mark.parametrize("name", PERSONAL)
def test_learns_who_takes_what(name, scenario, fitted):
    """Taken items above the others that were there, for the people trained on."""
    there = np.isin(np.arange(len(scenario.items)), scenario.train[:, 1])
    ties = tie_order(len(scenario.items), 0)
    values = [
        rank_metrics(fitted(name).score(user), user.history, there, ties)[0]
        for user in map(scenario.user, range(len(scenario.users)))
    ]
    assert np.mean(values) > 0.8


@pytest.mark.parametrize("name", LEARNS_LOOKS)
def test_looks_rank_items_that_no_user_took(name, scenario, fitted):
    assert auc_of_new_items(fitted(name), scenario) > 0.9


def test_matrix_factorisation_knows_nothing_of_items_that_no_user_took(
    scenario, fitted
):
    assert abs(auc_of_new_items(fitted("bpr_mf"), scenario) - 0.5) < 0.05


def test_matrix_factorisation_is_cornacs_own(scenario, fitted):
    own = cornac_bpr(
        scenario, k=8, max_iter=100, learning_rate=0.05, lambda_reg=0.01, seed=1
    )
    ranker = fitted("bpr_mf")
    for user in range(10):
        scores = ranker.score(scenario.user(user))
        row = own.train_set.uid_map[user]
        for item, place in own.train_set.iid_map.items():
            assert scores[item] == pytest.approx(own.score(row, place), abs=1e-5)


def test_our_triples_train_as_well_as_cornacs(scenario, fitted):
    """The trainer of FM, VBPR and DVBPR with latent factors alone, on one split."""
    no_category = replace(scenario, categories=np.zeros(len(scenario.items), np.int32))
    own = FactorisationMachine(8, **GRADIENT | {"regularisation": 0.01})
    own.fit(no_category)
    ties = tie_order(len(scenario.items), 0)
    means = {}
    for name, ranker in (("own", own), ("cornac", fitted("bpr_mf"))):
        values = []
        for row in range(len(scenario.users)):
            user = scenario.user(row)
            candidates = np.isin(np.arange(len(scenario.items)), scenario.train[:, 1])
            candidates[user.history] = False
            wanted = scenario.validation[scenario.validation[:, 0] == row, 1]
            values.append(rank_metrics(ranker.score(user), wanted, candidates, ties)[0])
        means[name] = np.mean(values)
    assert abs(means["own"] - means["cornac"]) < 0.05, means


@pytest.mark.parametrize("name", FACTORS)
def test_a_user_it_does_not_know_gets_what_it_thinks_of_the_items(name, fitted):
    stranger = User(None, np.zeros(0, np.int32), None)
    assert (fitted(name).score(stranger) == fitted(name).state["item_bias"]).all()


@pytest.mark.parametrize("name", FACTORS)
def test_a_number_that_is_no_users(name, fitted):
    with pytest.raises(ValueError, match="user: expected 0 to 199, received 200"):
        fitted(name).score(User(200, np.zeros(0, np.int32), None))


def test_categories_are_needed_by_a_factorisation_machine(scenario):
    unknown = replace(scenario, categories=np.full(len(scenario.items), -1, np.int32))
    with pytest.raises(ValueError, match="categories: expected some"):
        MAKERS["fm"]().fit(unknown)


def test_a_loss_that_diverges_is_reported(scenario):
    wild = Vbpr(
        0,
        **GRADIENT | {"learning_rate": 1e30},
        visual_factors=4,
        encoder_regularisation=0.0,
    )
    with pytest.raises(ValueError, match="epoch .: expected a finite loss"):
        wild.fit(scenario)


@pytest.mark.parametrize("name", ["folded", "nearest", "nearest_mean"])
def test_photos_tell_of_a_user_never_seen(name, scenario, fitted):
    """Photos of one colour: new items of that colour come first, noise or not."""
    ranker, ties = fitted(name), tie_order(len(scenario.items), 0)
    new = ~np.isin(np.arange(len(scenario.items)), scenario.train[:, 1])
    values = []
    for colour in range(3):
        own = np.flatnonzero(scenario.categories == colour)
        user = User(None, np.zeros(0, np.int32), scenario.features[own[:5]])
        wanted = own[new[own]]
        values.append(rank_metrics(ranker.score(user), wanted, new, ties)[0])
    assert np.mean(values) > 0.8


@pytest.mark.parametrize("name", ["nearest", "nearest_mean"])
def test_nothing_to_go_by(name, fitted):
    stranger = User(7, np.zeros(0, np.int32), None)
    with pytest.raises(ValueError, match="user 7: expected photos or a history"):
        fitted(name).score(stranger)


def test_dvbpr_needs_pictures(scenario):
    with pytest.raises(ValueError, match="pixels: expected pictures of the items"):
        MAKERS["dvbpr"]().fit(replace(scenario, pixels=None))


def test_dvbpr_starts_from_a_trained_extractor(scenario, tmp_path):
    small = replace(
        scenario, pixels=np.zeros((len(scenario.items), 32, 32, 3), np.uint8)
    )
    network = build_extractor(64)
    network.save(tmp_path / "extractor.keras")
    ranker = replace(
        MAKERS["dvbpr"](), weights=str(tmp_path / "extractor.keras"), width=1.0
    )
    encoder = ranker.build(small).encoder
    inside = next(layer for layer in encoder.layers if layer.name == "extractor")
    for own, trained in zip(inside.get_weights(), network.get_weights(), strict=True):
        assert (own == trained).all()
    with pytest.raises(ValueError, match="received no file"):
        replace(ranker, weights="nowhere.keras").build(small)
