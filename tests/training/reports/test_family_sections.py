"""Sections of the family: tables from runs, verdicts from numbers."""

from pathlib import Path

from training.reports.attention_figure import draw_attention
from training.reports.measurement import Measurement
from training.reports.sections.family import attention_study, head_throughput, sweep
from training.reports.sections.sources import sources


def measurement(name: str, **values: object) -> Measurement:
    return Measurement(name, "made up", 1.0, 1, 2, values)


def run(member: str, weight: float, seed: int, value: float, **other: object) -> dict:
    metrics = dict.fromkeys(
        (
            "ndcg@10", "precision@5", "recall@5", "thresholded_f1@15",
            "false_interests", "calibration_error",
        ),
        0.5,
    )  # fmt: skip
    return {
        "member": member, "weight": weight, "seed": seed, "world": 1,
        "features": "fine-tuned", "validation_map": value, "parameters": 1234,
        "test": {"users": {**metrics, "map": value - 0.01}}, **other,
    }  # fmt: skip


def test_sweep_takes_the_weight_that_is_best_on_validation() -> None:
    runs = [
        run("average", 1.0, 1, 0.8),
        run("average", 36.0, 1, 0.6),
        run("average", 1.0, 2, 0.84),
        run("average", 1.0, 1, 0.7, features="frozen"),
    ]
    limits = {"users": 4000, "epochs": 8, "patience": 2}
    text = sweep(measurement("sweep", limits=limits, runs=runs))
    assert "| average | 0.800 |  | 0.600 |" in text
    assert "| average | 1,234 | 1 | 0.810 (0.790 to 0.830) |" in text
    assert "| average | 0.790 | 0.690 |" in text


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
    one = {"users": 4000, "longest": 40, "ours": 3000.0, "plain": 1000.0, "ratio": 3.0}
    text = head_throughput(measurement("head-throughput", networks={"average": one}))
    assert "| average | 3,000 | 1,000 | 3.00 |" in text
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
