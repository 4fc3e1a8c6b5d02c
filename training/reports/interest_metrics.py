"""What the card of a bundle of interests reports, from the records of its runs."""

from collections.abc import Mapping
from typing import Any

METRICS = ("precision", "shown", "right", "false", "fits_nameable", "ece")
SIZES = {"small": "gallery-100-160", "large": "gallery-1000"}


def interest_metrics(
    fitted: Mapping[str, Any], users: Mapping[str, Any]
) -> dict[str, float]:
    """List what was measured on galleries of everyday photos and on users.

    Args:
        fitted: Values of the step that fits interests; cross-validated over sources.
        users: Values of the step that measures users.

    Returns:
        `METRIC_SIZE` of interests, `kinds_METRIC_SIZE`, `strong_shown_SIZE`,
        `top1_SOURCE_int8` of test photos among the labelled kinds and `map_SCENARIO`.
    """
    flat: dict[str, float] = {}
    for what, prefix in (("interests", ""), ("kinds", "kinds_")):
        for size, name in SIZES.items():
            measured = fitted[what][size]
            for metric in METRICS:
                flat[f"{prefix}{metric}_{name}"] = measured[metric]["value"]
    for size, name in SIZES.items():
        flat[f"strong_shown_{name}"] = fitted["interests"][size]["strong"]["all"][0]
    for source, share in users["top1"].items():
        flat[f"top1_{source}_int8"] = share
    for scenario, one in users["users"].items():
        if "map" in one["metrics"]:
            flat[f"map_{scenario}"] = one["metrics"]["map"]["value"]
    return flat
