"""Sections of studies: what they conclude follows from their numbers."""

from pathlib import Path

from training.experiments.fast_extractors.fast_figure import (
    draw_fast_extractors,
    frontier,
)
from training.experiments.mil_ablation.study import UNSEEN
from training.experiments.mil_ablation.variants import BASE
from training.experiments.results.sections.evidence_study import evidence_study
from training.experiments.results.sections.fast_extractor import fast_extractor
from training.experiments.results.sections.future import future
from training.experiments.results.sections.int8_aggregator import int8_aggregator
from training.reports.measurement import Measurement


def measurement(name: str, **values: object) -> Measurement:
    return Measurement(name, "made up", 1.0, 1, 2, values)


def faster(*others: tuple[str, float, float, float]) -> dict:
    """Values of candidates: name, time over the released one's, loss, validation."""
    names = ["released", *(name for name, *_ in others)]
    top1 = {"released": 0.9} | {name: 0.9 + lost for name, _, lost, _ in others}
    accuracy = {
        "photos": 500,
        "top1": {n: {"value": v, "low": v - 0.02, "high": v + 0.02}
                 for n, v in top1.items()},
        "difference": {n: {"value": d, "low": d - 0.01, "high": d + 0.01}
                       for n, _, d, _ in others},
    }  # fmt: skip
    work = {
        "how": "made up", "pixels": 160, "features": 768, "bytes": 2_000_000,
        "multiplications": 290_000_000, "float_bytes": 12_800_000,
    }  # fmt: skip
    costs = {
        name: {**work, "latency": {threads: {"ratio": ratio} for threads in "12"}}
        for name, ratio, *_ in others
    }
    validation = dict.fromkeys(names, 0.9) | {name: v for name, *_, v in others}
    return {
        "accuracy": {"caltech": accuracy, "all": accuracy}, "released": work,
        "candidates": costs, "validation": validation,
    }  # fmt: skip


def told(*others: tuple[str, float, float, float]) -> str:
    return fast_extractor(measurement("fast-extractor", **faster(*others)))


def test_a_faster_extractor_is_worth_it_if_it_halves_latency_within_a_point() -> None:
    assert "-0.5 points of top-1 (caltech -0.5), within" in told(
        ("160", 0.48, -0.005, 0.9)
    )
    assert "-2.0 points of top-1 (caltech -2.0), not within" in told(
        ("160", 0.48, -0.02, 0.9)
    )
    assert "No one halves the latency" in told(("192", 0.6, 0.0, 0.9))
    assert "| 160 | made up | 160 | 0.895 (0.875 to 0.915) |" in told(
        ("160", 0.48, -0.005, 0.9)
    )


def test_it_is_chosen_on_validation_photos_and_not_on_the_test() -> None:
    text = told(("lucky", 0.4, 0.01, 0.85), ("better", 0.45, -0.02, 0.88))
    assert "better is the best on validation photos: on test photos -2.0" in text


def test_the_frontier_leaves_out_who_is_slower_and_worse(tmp_path: Path) -> None:
    values = faster(("slow", 0.8, -0.05, 0.9), ("fast", 0.3, -0.02, 0.9))
    assert frontier(values) == ["fast", "released"]
    draw_fast_extractors(values, tmp_path / "figure.svg")
    assert (tmp_path / "figure.svg").read_text().count("<use ") > 3


def test_the_study_tells_what_changes_on_the_test_by_more_than_chance() -> None:
    def split(users: float, unseen: float) -> dict:
        return {
            "users": {"map": users, "recall": 0.8, "false_interests": 0.2},
            UNSEEN: {"false_interests": unseen},
        }

    told = {
        BASE: split(0.95, 0.4),
        "pooled by the mean": split(0.94, 0.5),
        "energy": split(0.953, 0.3),
    }
    variants = {
        name: {"scalars": {}, "validation": one, "test": one}
        for name, one in told.items()
    }
    text = evidence_study(measurement("evidence-study", variants=variants))
    assert "- pooled by the mean: users: MAP -0.010\n" in text
    assert "- energy: no difference\n" in text
    assert "| pooled by the mean | 0.940 | 0.800 | 0.200 | 0.500 |" in text


def test_later_interests_are_told_with_what_chance_explains() -> None:
    def one(difference: float) -> dict:
        ends = {"low": difference - 0.01, "high": difference + 0.01}
        found = {
            "map": {"value": 0.3, "low": 0.29, "high": 0.31},
            "above_ridge": {"value": difference, **ends},
            "setting": "",
        }
        return {"all": found, "new": found}

    models = {
        "popularity": one(0.5),
        "EASE over evidence": one(0.002),
        "co-occurrence over evidence": one(0.004),
    }
    scenario = {"users": 9, "with_new": 8, "left_out": 0, "models": models}
    text = future(measurement("future", worlds={"seed 1": scenario}))
    told = "(-0.006 to 0.014) by co-occurrence over evidence, no more than chance"
    assert told in text
    models["EASE over evidence"] = one(0.02)
    text = future(measurement("future", worlds={"seed 1": scenario}))
    assert "by EASE over evidence, more than chance explains" in text


def test_int8_stands_beside_float_with_the_difference_of_map() -> None:
    floating = {"value": 0.95, "low": 0.94, "high": 0.96}
    less = {"value": -0.01, "low": -0.02, "high": -0.005}
    text = int8_aggregator(
        measurement(
            "int8-aggregator",
            bundle="drawn 1.0.0",
            worlds={"users": {"map": {"int8": less, "float": floating}}},
            map_differences={"users": less},
        )
    )
    assert "Both aggregators of drawn 1.0.0" in text
    assert (
        "| map | 0.950 (0.940 to 0.960) | -0.010 (-0.020 to -0.005) "
        "| -0.010 (-0.020 to -0.005) |" in text
    )
