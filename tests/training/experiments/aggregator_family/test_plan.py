import pytest

from training.configs import names
from training.experiments.aggregator_family.plan import (
    BEYOND,
    FROZEN,
    PROPOSED,
    PUBLISHED,
    WEIGHED,
    WEIGHTS,
    Trial,
    best_weights,
    other_trials,
    weight_trials,
)
from training.experiments.aggregator_family.tuned_comparison import (
    SEARCHED,
    SUPERVISION,
)
from training.experiments.aggregator_family.tuned_seeds import COMPARED


def finished(best: dict[str, float]) -> dict[Trial, dict[str, float]]:
    return {
        run: {"validation_map": 0.9 if best[run.member] == run.weight else 0.5}
        for run in weight_trials()
    }


def test_every_member_has_a_config() -> None:
    compared = {*SUPERVISION, *SEARCHED, *COMPARED}
    assert set(names("aggregator")) == {*PUBLISHED, *BEYOND, PROPOSED, *compared}


def test_every_weight_is_tried_once_where_it_is_chosen() -> None:
    runs = weight_trials()
    assert len(set(runs)) == len(runs) == len(WEIGHED) * len(WEIGHTS)
    assert {run.seed for run in runs} == {run.scenario for run in runs} == {1}


def test_weights_are_chosen_by_validation_and_handed_on() -> None:
    chosen = {"average": 1.0, "attention_1": 10.0, "attention_2_gating": 36.0}
    weights = best_weights(finished(chosen))
    assert set(weights) == {*PUBLISHED, *BEYOND}
    assert weights["average_hidden"] == weights["average"] == 1.0
    assert weights["squeezed_1"] == weights["attention_1"] == 10.0
    assert weights["squeeze_expand_2"] == weights["attention_2"] == 36.0


def test_weights_are_not_chosen_before_all_are_known() -> None:
    known = finished(dict.fromkeys(WEIGHED, 1.0))
    known.pop(Trial("attention_1", 72.0))
    with pytest.raises(ValueError, match="attention_1-weight72-"):
        best_weights(known)


def test_the_rest_is_every_member_in_every_seed_scenario_and_feature() -> None:
    weights = dict.fromkeys((*PUBLISHED, *BEYOND), 1.0)
    runs = [*weight_trials(), *other_trials(weights, seeds=3, frozen=True)]
    assert len({run.key for run in runs}) == len(runs)
    for member in (*weights, PROPOSED):
        of_member = {
            (r.seed, r.scenario, r.features == FROZEN)
            for r in runs
            if r.member == member and r.weight == 1.0
        }
        assert {
            (1, 1, False), (2, 1, False), (3, 1, False), (1, 2, False), (1, 1, True)
        } <= of_member  # fmt: skip
    assert not any(r.features == FROZEN for r in other_trials(weights, 3, frozen=False))
