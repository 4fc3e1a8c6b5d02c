import json
from dataclasses import dataclass, fields, replace
from typing import ClassVar

import numpy as np
import pytest

from photo_interests.bundle.location import find_bundle
from training.experiments.recommenders.compare import compare
from training.experiments.recommenders.config import PROPOSED
from training.experiments.recommenders.data import RankingData, User
from training.experiments.recommenders.dvbpr import Dvbpr
from training.experiments.recommenders.layouts.synthetic import synthetic_preference
from training.experiments.recommenders.nearest import Nearest
from training.experiments.recommenders.popularity import Popularity
from training.experiments.recommenders.profile import Profile
from training.experiments.recommenders.ranker import Ranker
from training.experiments.recommenders.ranking import METRICS, rank_metrics, tie_order


@dataclass
class Counted(Popularity):
    """Counts how often it is fitted."""

    fits: ClassVar[list[str]] = []

    def fit(self, data: RankingData) -> "Counted":
        Counted.fits.append("once")
        return super().fit(data)


def test_a_stopped_comparison_resumes(tmp_path):
    data = synthetic_preference(users=30, items=120)
    rankers: dict[str, Ranker] = {"counted": Counted(), PROPOSED: Nearest(of_mean=True)}
    first = compare(rankers, data, tmp_path)
    again = compare(rankers, data, tmp_path)
    assert Counted.fits == ["once"]
    assert again == first
    json.dumps(again)
    compare(rankers, replace(data, test=data.test[:-1]), tmp_path)
    assert len(Counted.fits) == 2


def test_whatever_changes_in_the_data_is_measured_again(tmp_path):
    data = synthetic_preference(users=30, items=120)
    rankers: dict[str, Ranker] = {"counted": Counted(), PROPOSED: Nearest(of_mean=True)}
    regrouped = replace(data)
    regrouped.__dict__["groups"] = np.where(np.arange(30) % 2, "warm", "new")
    for changed in (
        data,
        replace(  # the same pairs in the same order, of another split
            data,
            validation=data.validation[:-1],
            test=np.concatenate([data.validation[-1:], data.test]),
        ),
        replace(data, features=data.features[:, ::-1]),
        replace(data, tie_seed=1),
        regrouped,
    ):
        before = len(Counted.fits)
        compare(rankers, changed, tmp_path)
        assert len(Counted.fits) == before + 1


@dataclass
class SeesPixels(Dvbpr):
    """Is fitted like popularity, and counts how often."""

    fits: ClassVar[list[str]] = []

    def fit(self, data: RankingData) -> Popularity:
        SeesPixels.fits.append("once")
        return Popularity().fit(data)


def test_other_pixels_are_measured_again_by_those_who_see_them(tmp_path):
    data = synthetic_preference(users=30, items=120, size=8)
    settings = {field.name: 1 for field in fields(SeesPixels)}
    rankers: dict[str, Ranker] = {
        "counted": Counted(),
        "sees pixels": SeesPixels(**settings),
        PROPOSED: Nearest(of_mean=True),
    }
    before = len(Counted.fits), len(SeesPixels.fits)
    compare(rankers, data, tmp_path)
    compare(rankers, replace(data, pixels=data.pixels[:, ::-1]), tmp_path)
    assert len(Counted.fits) == before[0] + 1
    assert len(SeesPixels.fits) == before[1] + 2


def test_what_is_reported(tmp_path):
    data = synthetic_preference(users=30, items=120)
    found = compare(
        {"popularity": Popularity(), PROPOSED: Nearest(True)}, data, tmp_path
    )
    one = found["rankers"]["popularity"]
    assert one["kind"] == "Popularity" and one["bytes"] == 4 * 120
    assert set(METRICS) < set(one["metrics"]["catalogue"]["warm"])
    assert found["data"]["groups"]["warm"]["users"] == 30
    assert found["data"]["items_never_taken"] >= 30
    assert found["differences"]["popularity"]["warm"]["value"] > 0


@pytest.fixture(scope="module")
def shown():
    """Features as the released bundle stores them, of ten items and one user."""
    random = np.random.default_rng(0)
    features = random.integers(0, 120, (10, 1024)).astype(np.uint8)
    pairs = np.array([[0, 1], [0, 2], [1, 3]], np.int32)
    photos = [features[[4]] // 2 * 2, features[:0]]
    return RankingData(
        ("a", "b"),
        tuple(map(str, range(10))),
        pairs,
        pairs[:0],
        pairs[:0],
        features,
        np.zeros(10, np.int32),
        photos=photos,
    )


def test_our_profile_puts_what_looks_like_the_photo_first(shown):
    ranker = Profile(str(find_bundle("everyday-1105")), True, popularity=0.0).fit(shown)
    stranger = User(None, np.zeros(0, np.int32), shown.photos[0])
    ties = tie_order(10, 0)
    found = rank_metrics(ranker.score(stranger), np.array([4]), np.ones(10, bool), ties)
    assert found[METRICS.index("RR")] == 1


def test_our_profile_needs_something_to_go_by(shown):
    ranker = Profile(str(find_bundle("everyday-1105")), False, popularity=0.2).fit(
        shown
    )
    empty = User(1, np.zeros(0, np.int32), shown.photos[1])
    with pytest.raises(ValueError, match="user 1: expected photos or a history"):
        ranker.score(empty)


def test_our_profile_without_photos_reads_the_history_alone(shown):
    ranker = Profile(str(find_bundle("everyday-1105")), False, 0.2, photos=False).fit(
        shown
    )
    user = shown.user(0)
    assert (ranker.score(user) == ranker.score(user._replace(photos=None))).all()
    stranger = User(None, np.zeros(0, np.int32), shown.photos[0])
    assert (ranker.score(stranger) == ranker.state["item_weight"]).all()


def test_our_profile_refuses_other_features(shown):
    other = replace(shown, features=shown.features.astype(np.float32))
    with pytest.raises(ValueError, match="that our extractor stores .uint8."):
        Profile(str(find_bundle("everyday-1105")), False, popularity=0.2).fit(other)
