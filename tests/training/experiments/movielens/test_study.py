from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from training.experiments.movielens.protocols import by_last
from training.experiments.movielens.rated_pictures import RatedPictures
from training.experiments.movielens.settings import (
    NEAREST,
    PROPOSED,
    REFERENCE,
    Effort,
    choices,
)
from training.experiments.movielens.stages import Stages
from training.experiments.movielens.study import choose, run_study
from training.experiments.recommenders.data import RankingData, User
from training.experiments.recommenders.popularity import Popularity
from training.experiments.recommenders.ranker import Ranker
from training.experiments.recommenders.splits import Split

BUNDLE = Path("models/everyday-178")


@dataclass
class Signed(Ranker):
    """Popularity times a sign."""

    sign: float

    def fit(self, data: RankingData) -> "Signed":
        self.state = {"counts": self.sign * Popularity().fit(data).state["counts"]}
        return self

    def score(self, user: User) -> np.ndarray:
        return self.state["counts"]


def test_settings_are_chosen_without_the_test(
    rated: RatedPictures, tmp_path: Path
) -> None:
    def make(split: Split, items: tuple[str, ...]) -> RankingData:
        nothing = np.zeros((len(items), 2), np.float32)
        clusters = np.zeros(len(items), np.int32)
        return RankingData(split.users, items, *split[1:], nothing, clusters)

    data = by_last(rated.events, rated.items, make)
    empty = replace(data, test=data.test[:0])

    def quality(ranker: Ranker, data: RankingData) -> float:
        scores = ranker.score(data.user(0))
        return float(scores[data.validation[:, 1]].mean() - scores.mean())

    every = {"it": [Signed(-1.0), Signed(1.0)]}
    report = choose(every, data, quality, Stages(tmp_path / "one", {}))
    assert report == choose(every, empty, quality, Stages(tmp_path / "two", {}))
    scores = report["it"]["scores"]
    assert report["it"]["settings"]["sign"] == (-1.0, 1.0)[int(np.argmax(scores))]


@pytest.mark.slow
def test_study_measures_every_ranker_and_does_not_repeat_a_stage(
    rated: RatedPictures, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    effort = Effort(2, (0.03,), (0.01,), pictures_epochs=0)
    names = ("popularity", REFERENCE, NEAREST, PROPOSED)
    every = {n: own for n, own in choices(BUNDLE, effort).items() if n in names}
    every[PROPOSED] = every[PROPOSED][:2]
    values = run_study(rated, BUNDLE, every, (1, 2), None, tmp_path)
    assert values["items_without_picture"] == 1
    assert list(values["protocols"]) == [
        "leave-one-out",
        "new-items",
        "cold-users",
        "temporal",
    ]
    for protocol in values["protocols"].values():
        assert set(protocol["rankers"]) == set(names)
        assert set(protocol["differences"]) == set(names) - {REFERENCE}
        for one in protocol["rankers"].values():
            assert len(one["seeds"]) == 2
            assert one["AUC"]["low"] <= one["AUC"]["value"] <= one["AUC"]["high"]
    warm = values["protocols"]["leave-one-out"]["rankers"]
    assert warm["popularity"]["seeds"][0] == warm["popularity"]["seeds"][1]
    assert warm["popularity"]["users"] == len(set(rated.events["user"]))
    new = values["protocols"]["new-items"]["rankers"]
    assert abs(new["popularity"]["AUC"]["value"] - 0.5) < 1e-9  # no item is known
    caplog.clear()
    assert run_study(rated, BUNDLE, every, (1, 2), None, tmp_path) == values
    assert "seed" not in caplog.text
