"""The trials of the sweep, and their order."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

PUBLISHED = (
    "average",
    "average_hidden",
    "attention_1",
    "attention_1_gating",
    "attention_2",
    "attention_2_gating",
    "squeezed_1",
    "squeeze_expand_2",
)
"""Networks of the paper and of its poster."""
BEYOND = ("mean_max", "learned_queries", "set_transformer", "nextvlad")
PROPOSED = "photo_evidence"
MAIN = (*PUBLISHED[:4], *PUBLISHED[5:], PROPOSED)
"""The first to be trained on frozen features, with further seeds and elsewhere."""
WEIGHTS = (1.0, 10.0, 36.0, 72.0, 140.0)
WEIGHED = ("average", "attention_1", "attention_2_gating")
"""Trained with every positive weight; the others take the best one of these."""
LIKE = {
    "average_hidden": "average",
    "attention_2": "attention_2_gating",
    "squeeze_expand_2": "attention_2_gating",
}
FINE_TUNED, FROZEN = "fine-tuned", "frozen"


@dataclass(frozen=True)
class Trial:
    """One training of one network.

    Attributes:
        member: Name of the network's config.
        weight: Positive weight of the loss.
        seed: Seed of the training.
        scenario: Seed of the simulated users.
        features: `fine-tuned` or `frozen`.
    """

    member: str
    weight: float = 1.0
    seed: int = 1
    scenario: int = 1
    features: str = FINE_TUNED

    @property
    def key(self) -> str:
        """Name of the trial's run."""
        return (
            f"{self.member}-weight{self.weight:g}-seed{self.seed}-scenario{self.scenario}-"
            f"{self.features}"
        )


def weight_trials() -> list[Trial]:
    """List the trials that the best weights are chosen by."""
    return [Trial(member, weight) for member in WEIGHED for weight in WEIGHTS]


def best_weights(finished: Mapping[Trial, Mapping[str, Any]]) -> dict[str, float]:
    """Choose each member's positive weight by validation MAP, never by the test.

    Raises:
        ValueError: A run with some weight is missing.
    """
    missing = [run.key for run in weight_trials() if run not in finished]
    if missing:
        raise ValueError(f"expected trials with every weight, missing are {missing}")
    best = {
        member: max(WEIGHTS, key=lambda w: finished[Trial(member, w)]["validation_map"])
        for member in WEIGHED
    }
    members = (*PUBLISHED, *BEYOND)
    return {m: best[m if m in best else LIKE.get(m, "attention_1")] for m in members}


def other_trials(weights: Mapping[str, float], seeds: int, frozen: bool) -> list[Trial]:
    """List the trials after the choice of weights, the most informative ones first.

    Args:
        weights: Positive weight of each member.
        seeds: Number of trainings of each member.
        frozen: Whether there are frozen features.
    """
    members = {**weights, PROPOSED: 1.0}
    main = {m: w for m, w in members.items() if m in MAIN}
    others = {m: w for m, w in members.items() if m not in MAIN}
    runs = [Trial(m, w) for m, w in members.items()]
    for some in (main, others):
        if frozen:
            runs += [Trial(m, w, features=FROZEN) for m, w in some.items()]
        for seed in range(2, seeds + 1):
            runs += [Trial(m, w, seed) for m, w in some.items()]
        runs += [Trial(m, w, scenario=2) for m, w in some.items()]
    return [run for run in runs if run not in weight_trials()]


def as_row(trial: Trial, result: Mapping[str, Any]) -> dict[str, Any]:
    """Join a trial and its results in one flat record."""
    return {**asdict(trial), **result}
