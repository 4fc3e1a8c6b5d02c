"""Sections of studies: what they conclude follows from their numbers."""

from training.evidence_study.study import UNSEEN
from training.evidence_study.variants import BASE
from training.reports.measurement import Measurement
from training.reports.sections.evidence_study import evidence_study
from training.reports.sections.fast_extractor import fast_extractor
from training.reports.sections.future import future
from training.reports.sections.int8_aggregator import int8_aggregator


def measurement(name: str, **values: object) -> Measurement:
    return Measurement(name, "made up", 1.0, 1, 2, values)


def smaller(ratio: float, difference: float) -> str:
    one = {"value": 0.9, "low": 0.88, "high": 0.92}
    less = {"value": difference, "low": difference - 0.01, "high": difference + 0.01}
    accuracy = {
        "photos": 500, "top1": {"224": one, "160": one}, "difference": {"160": less},
    }  # fmt: skip
    latency = {"milliseconds": 2.0, "reference_milliseconds": 4.0, "ratio": ratio}
    costs = {
        "multiplications": 290_000_000, "bytes": 3_500_000, "float_bytes": 12_800_000,
        "latency": {"1": latency, "2": latency}, "cosine_mean": 0.995,
    }  # fmt: skip
    return fast_extractor(
        measurement(
            "fast-extractor",
            accuracy={"caltech": accuracy, "all": accuracy},
            sizes={"160": costs},
        )
    )


def test_a_size_is_worth_it_if_it_halves_latency_within_a_point() -> None:
    assert "-0.5 points of top-1, within" in smaller(0.48, -0.005)
    assert "-2.0 points of top-1, not within" in smaller(0.48, -0.02)
    assert "No size halves the latency" in smaller(0.6, 0.0)
    assert "| 160 | 0.900 (0.880 to 0.920) |" in smaller(0.48, -0.005)


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
    world = {"users": 9, "with_new": 8, "left_out": 0, "models": models}
    text = future(measurement("future", worlds={"seed 1": world}))
    told = "(-0.006 to 0.014) by co-occurrence over evidence, no more than chance"
    assert told in text
    models["EASE over evidence"] = one(0.02)
    text = future(measurement("future", worlds={"seed 1": world}))
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
