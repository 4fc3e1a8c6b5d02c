"""Which runs the sweep makes, and in which order."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

SOURCES = (
    "average",
    "average_hidden",
    "attention_1",
    "attention_1_gating",
    "attention_2",
    "attention_2_gating",
    "squeezed_1",
    "squeeze_expand_2",
)
"""The poster's and the paper's networks."""
BEYOND = ("mean_max", "learned_queries", "set_transformer", "nextvlad")
OURS = "photo_evidence"
MAIN = (*SOURCES[:4], *SOURCES[5:], OURS)
"""The first to be trained on frozen features, with further seeds and elsewhere."""
WEIGHTS = (1.0, 10.0, 36.0, 72.0, 140.0)
WEIGHED = ("average", "attention_1", "attention_2_gating")
"""These are trained with every positive weight; the others take the best of theirs."""
LIKE = {
    "average_hidden": "average",
    "attention_2": "attention_2_gating",
    "squeeze_expand_2": "attention_2_gating",
}
FINE_TUNED, FROZEN = "fine-tuned", "frozen"


@dataclass(frozen=True)
class Run:
    """One training of one network.

    Attributes:
        member: A file of training/configs.
        weight: Positive weight of the loss.
        seed: Of the training.
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
        """Names the run's file."""
        return (
            f"{self.member}-weight{self.weight:g}-seed{self.seed}-world{self.scenario}-"
            f"{self.features}"
        )


def weight_runs() -> list[Run]:
    """List the runs that the best weights are chosen by."""
    return [Run(member, weight) for member in WEIGHED for weight in WEIGHTS]


def best_weights(finished: Mapping[Run, Mapping[str, Any]]) -> dict[str, float]:
    """Choose each member's positive weight by validation MAP, never by the test.

    Raises:
        ValueError: A run with some weight is missing.
    """
    missing = [run.key for run in weight_runs() if run not in finished]
    if missing:
        raise ValueError(f"expected runs with every weight, missing are {missing}")
    best = {
        member: max(WEIGHTS, key=lambda w: finished[Run(member, w)]["validation_map"])
        for member in WEIGHED
    }
    members = (*SOURCES, *BEYOND)
    return {m: best[m if m in best else LIKE.get(m, "attention_1")] for m in members}


def other_runs(weights: Mapping[str, float], seeds: int, frozen: bool) -> list[Run]:
    """List the runs after the choice of weights, the most telling ones first.

    Args:
        weights: Of each member.
        seeds: Trainings of each member.
        frozen: Whether there are frozen features.
    """
    members = {**weights, OURS: 1.0}
    main = {m: w for m, w in members.items() if m in MAIN}
    others = {m: w for m, w in members.items() if m not in MAIN}
    runs = [Run(m, w) for m, w in members.items()]
    for some in (main, others):
        if frozen:
            runs += [Run(m, w, features=FROZEN) for m, w in some.items()]
        for seed in range(2, seeds + 1):
            runs += [Run(m, w, seed) for m, w in some.items()]
        runs += [Run(m, w, scenario=2) for m, w in some.items()]
    return [run for run in runs if run not in weight_runs()]


def as_row(run: Run, result: Mapping[str, Any]) -> dict[str, Any]:
    """Puts a run and what it gave into one flat record."""
    return {**asdict(run), **result}
