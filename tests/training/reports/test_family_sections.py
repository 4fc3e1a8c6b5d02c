"""Sections of the family: tables from runs, verdicts from numbers."""

from pathlib import Path

from training.experiments.aggregator_family.attention_figure import draw_attention
from training.experiments.aggregator_family.family_figure import draw_family
from training.experiments.results.sections.family import (
    attention_study,
    family_sizes,
    head_throughput,
)
from training.experiments.results.sections.sources import sources
from training.experiments.results.sections.sweep import scenarios, sweep
from training.experiments.results.sections.sweep_sources import sources_in_the_sweep
from training.reports.measurement import Measurement


def measurement(name: str, **values: object) -> Measurement:
    return Measurement(name, "made up", 1.0, 1, 2, values)


def run(member: str, weight: float, seed: int, value: float, **other: object) -> dict:
    """A run whose F1, P and R at every k are its MAP, but for what `at_k` says."""
    metrics: dict[str, float] = dict.fromkeys(
        ("ndcg@10", "false_interests", "calibration_error"), 0.5
    )
    for reading in ("", "thresholded_"):
        for k in (5, 10, 15, 20):
            for metric in ("precision", "recall", "f1"):
                metrics[f"{reading}{metric}@{k}"] = value
    metrics |= other.pop("at_k", {})  # type: ignore[arg-type]
    return {
        "member": member, "weight": weight, "seed": seed, "scenario": 1,
        "features": "fine-tuned", "validation_map": value, "parameters": 1234,
        "test": {"users": {**metrics, "map": value - 0.01}},
        "curves": {
            f"{reading}{metric}": [value] * 20
            for reading in ("", "thresholded_")
            for metric in ("precision", "recall", "f1")
        },
        "later": {"all": 0.2, "new": 0.1},
        **other,
    }  # fmt: skip


LIMITS = {"users": 4000, "epochs": 8, "patience": 2, "quick": True}


def test_sweep_takes_the_weight_that_is_best_on_validation() -> None:
    runs = [
        run("average", 1.0, 1, 0.8),
        run("average", 36.0, 1, 0.6),
        run("average", 1.0, 2, 0.84),
        run("average", 1.0, 1, 0.5, scenario=2),
        run("average", 1.0, 1, 0.7, features="frozen"),
        run("squeezed_1", 1.0, 1, 0.65, features="frozen"),
        run("squeezed_1", 1.0, 1, 0.9),
    ]
    text = sweep(measurement("sweep", limits=LIMITS, runs=runs))
    assert "| average | 0.800 |  | 0.600 |" in text
    assert "| average | 1,234 | 1 | 2 | 0.810 (0.790 to 0.830) |" in text
    assert "| average | 0.790 | 0.490 |" in text
    assert "| average | 0.790 | 2 | 0.690 | 1 |" in text
    assert text.index("| squeezed_1 | 1,234 |") < text.index("| average | 1,234 |")


def test_a_second_world_is_told_of_those_that_were_trained_in_it() -> None:
    runs = [run("average", 1.0, 1, 0.8), run("squeezed_1", 1.0, 1, 0.9)]
    text = sweep(measurement("sweep", limits=LIMITS, runs=runs))
    assert "trained and measured in" not in text
    assert "| average | 0.790 |" in text


def test_worlds_are_in_the_order_of_the_first_and_tell_how_it_is_kept() -> None:
    maps = {"average": (0.5, 0.4), "nextvlad": (0.7, 0.6), "squeezed_1": (0.6, 0.3)}
    by_seed = {
        name: {str(seed): {"value": value} for seed, value in enumerate(both, 1)}
        for name, both in maps.items()
    }
    text = scenarios(measurement("family-worlds", map=by_seed))
    assert "rank correlation (Spearman's) of 0.50" in text
    assert text.index("| nextvlad | 0.700 | 0.600 |") < text.index("| squeezed_1 |")


def claims(**values: float) -> dict[str, str]:
    """What is said of each claim by MAP of networks."""
    runs = [run(member, 1.0, 1, value) for member, value in values.items()]
    text = sources_in_the_sweep(measurement("sweep", limits=LIMITS, runs=runs))
    rows = [line.strip("| ").split(" | ") for line in text.splitlines()]
    return {
        row[0]: row[-1] for row in rows if row[-1].endswith(("holds", "hold", "alone"))
    }


def test_the_sources_claims_are_judged_by_the_runs() -> None:
    held = claims(average=0.5, attention_2=0.6, attention_2_gating=0.66)
    assert held["attention with gating (two blocks) is 12-35 % above averaging in F1"]
    assert set(held.values()) == {"holds", "does not hold"}
    assert held["gating adds 5-14 % to two blocks in F1"] == "holds"
    assert held["averaging loses almost .2 of precision as k grows"] == "does not hold"
    weaker = claims(average=0.65, attention_2=0.65, attention_2_gating=0.66)
    assert weaker["gating adds 5-14 % to two blocks in F1"] == "does not hold"
    ahead = "not the sources': photo evidence is ahead of each of their networks"
    assert claims(average=0.6, photo_evidence=0.7)[ahead] == "holds"
    assert claims(average=0.7, photo_evidence=0.6)[ahead] == "does not hold"


def test_two_blocks_are_compared_with_one_at_every_k() -> None:
    runs = [
        run("attention_1", 1.0, 1, 0.7),
        run("attention_2", 1.0, 1, 0.7, at_k={"recall@5": 0.6, "precision@10": 0.5}),
    ]
    text = sources_in_the_sweep(measurement("sweep", limits=LIMITS, runs=runs))
    assert "-0.025 hits over k | does not hold" in text
    assert "| attention_1 (NA), k = 5 | 0.84 | 0.77 | 0.700 |" in text


def test_a_claim_can_hold_in_one_reading_alone() -> None:
    runs = [
        run("average", 1.0, 1, 0.5),
        run("attention_1", 1.0, 1, 0.6, at_k={"f1@20": 0.4}),
    ]
    text = sources_in_the_sweep(measurement("sweep", limits=LIMITS, runs=runs))
    assert "+20.0% to +20.0% above .5; -20.0% to +20.0% hits over k |" in text
    assert "| holds above .5 alone |" in text


def test_the_familys_curves_are_drawn_alike(tmp_path: Path) -> None:
    runs = [run("average", 1.0, 1, 0.8), run("attention_1", 1.0, 1, 0.7)]
    for name in ("a.svg", "b.svg"):
        draw_family(runs, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_sizes_stand_beside_the_posters_at_its_number_of_categories() -> None:
    one = {
        "parameters": 1_025_000, "float_bytes": 4_110_000, "int8_bytes": 1_030_000,
        "milliseconds": {"8": 0.1, "500": 2.5},
    }  # fmt: skip
    sizes = {"178": {"average": one}, "1000": {"average": one, "photo_evidence": one}}
    text = family_sizes(measurement("family-sizes", **sizes))
    assert "| average | 1,025,000 | 4.11 | 1.03 | 0.100 | 2.500 | 4 |" in text
    assert "| average | 1,025,000 | 4.11 | 1.03 | 0.100 | 2.500 |\n" in text


def record(epoch: int, value: float) -> dict[str, float]:
    return {
        "epoch": epoch, "map": value, "photos_seen": 0.25, "score_spread": 14.0,
        "gradient_query": 1e-3, "gradient_head": 0.5,
    }  # fmt: skip


VARIANTS = {
    name: {"course": [record(0, 0.1), record(1, best)], "best_map": best}
    for name, best in (
        ("two blocks as published", 0.3),
        ("the same, W starts at a hundredth", 0.4),
        ("scores divided by 32", 0.7),
        ("one block as published", 0.6),
        ("one block, scores divided by 32", 0.8),
    )
}


def test_attention_study_tells_the_best_of_each_kind(tmp_path: Path) -> None:
    values = {"users": 500, "epochs": 1, "variants": VARIANTS}
    text = attention_study(measurement("attention-study", **values))
    assert "of the published two 0.300" in text
    assert "two blocks is 0.700 (scores divided by 32)" in text
    assert "of one block 0.800 (one block, scores divided by 32)" in text
    for name in ("a.svg", "b.svg"):
        draw_attention(VARIANTS, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_head_throughput_shows_the_ratio() -> None:
    one = {"users": 4000, "longest": 40, "ours": 3000.0, "plain": 1000.0, "ratio": 3.0,
           "prepared_seconds": 0.25}  # fmt: skip
    text = head_throughput(measurement("head-throughput", networks={"average": one}))
    assert "| average | 3,000 | 1,000 | 3.00 | 0.25 s |" in text
    assert "average meets it" in text


def compared(average: float, best: float, precision: tuple[float, float]) -> dict:
    """Metrics by network; precision falls from the first to the second number."""
    found = {}
    for name, f1 in (("average", average), ("attention_2_gating", best)):
        metrics = {}
        for k, fraction in ((5, 0.0), (10, 0.3), (15, 0.6), (20, 1.0)):
            value = precision[0] + fraction * (precision[1] - precision[0])
            for reading in ("", "thresholded_"):
                metrics[f"{reading}f1@{k}"] = {"value": f1}
                metrics[f"{reading}precision@{k}"] = {"value": value}
                metrics[f"{reading}recall@{k}"] = {"value": 0.5}
        found[name] = {"worlds": {"users": {"metrics": metrics}}}
    return found


def verdicts(**numbers: object) -> list[bool]:
    text = sources(measurement("aggregators", aggregators=compared(**numbers)))
    rows = [line for line in text.splitlines() if line.endswith("hold |") or
            line.endswith("holds |")]  # fmt: skip
    return [row.endswith("| holds |") for row in rows]


def test_networks_that_are_missing_are_named() -> None:
    text = sources(measurement("aggregators", aggregators={"average": {}}))
    assert "**Not measured:** attention_2_gating." in text


def test_claims_are_judged_by_the_numbers() -> None:
    steep = verdicts(average=0.5, best=0.65, precision=(0.8, 0.6))
    flat = verdicts(average=0.5, best=0.5, precision=(0.8, 0.79))
    assert steep == [True, True, True, True, False, False]
    assert flat == [False, False, False, False, True, True]
