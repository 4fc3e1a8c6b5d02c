"""What the card of a bundle says of its training, from measurements alone."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from photo_interests.files import write_atomically
from training.configs import config_named
from training.photos.attribution import sources_of
from training.reports.measurement import Measurement, load_measurements

PHOTO_STEPS = ("stage-photos", "stage-pixels")
EXTRACTOR_STEPS = ("stage-backbone", "extractor", "stage-features")
USER_STEPS = ("users", "stage-photo_evidence")
STEPS = (*PHOTO_STEPS, *EXTRACTOR_STEPS, *USER_STEPS)
"""Measurements whose commands made the bundle, in their order."""
FAST = "fast-extractor"
VOCABULARY = "vocabulary"
PREDICTED_BY = "photo_evidence"


def write_card_inputs(results: Path, photos: Path, config: str, out: Path) -> None:
    """Write `training.json` and `metrics.json` for `python -m export bundle`.

    Args:
        results: Folder of measurements.
        photos: The photos table.
        config: Name of the backbone's experiment; of a faster extractor its name in
            the measurement `fast-extractor`. That of the measurement `vocabulary`
            makes the card of the large vocabulary.
        out: Folder to write to.

    Raises:
        ValueError: A measurement is missing.
    """
    measurements = load_measurements(results)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("training.json", training_section(measurements, photos, config)),
        ("metrics.json", metrics(measurements, config)),
    ):
        text = json.dumps(content, indent=1, ensure_ascii=False)
        write_atomically(out / name, text + "\n")


def training_section(
    measurements: Mapping[str, Measurement], photos: Path, config: str
) -> dict[str, Any]:
    """Say what the networks were trained on and by which commands."""
    table = pd.read_parquet(photos)
    counts = table["split"].value_counts()
    splits = ("train", "validation", "test")
    fast, large = _fast(measurements, config), _large(measurements, config)
    network = "MobileNet v1 1.0 fine-tuned on labelled photos"
    last = USER_STEPS
    if large:
        further = large["catalogue"]["categories"] - large["catalogue"]["labelled"]
        network += f", {further} further categories taught by the pretrained classifier"
        steps = [_named(measurements, step).command for step in EXTRACTOR_STEPS[1:]]
        extractor = [*_fine_tuning(_chain(config)), *steps]
        last = ("users", VOCABULARY)
    elif fast:
        one = fast["candidates"][config]
        network = f"MobileNet v1 ({one['how']}) for photos of {one['pixels']} pixels"
        extractor = [
            *_fine_tuning(one["configs"]),
            _named(measurements, FAST).command,
        ]
    else:
        extractor = [_named(measurements, step).command for step in EXTRACTOR_STEPS]
    return {
        "summary": f"{network}; photo evidence "
        "over its features, its scalars fitted on simulated users",
        "photos": {split: int(counts[split]) for split in splits},
        "sources": sources_of(table),
        "commands": [
            *(_named(measurements, step).command for step in PHOTO_STEPS),
            *extractor,
            *(_named(measurements, step).command for step in last),
        ],
        "config": config,
    }


def metrics(measurements: Mapping[str, Measurement], config: str) -> dict[str, float]:
    """List top-1 by source of the int8 extractor, and MAP by scenario."""
    large = _large(measurements, config)
    if large:
        return _metrics_of_large(large)
    fast = _fast(measurements, config)
    if fast:
        sources, name = fast["accuracy"], config
    else:
        sources = _named(measurements, "extractor-accuracy").values["sources"]
        name = "int8"
    flat = {
        f"top1_{source}_int8": one["top1"][name]["value"]
        for source, one in sources.items()
    }
    compared = _named(measurements, "aggregators").values["aggregators"]
    for scenario, one in compared[PREDICTED_BY]["worlds"].items():
        for metric in ("map", "false_interests"):
            if metric in one["metrics"]:
                flat[f"{metric}_{scenario}"] = one["metrics"][metric]["value"]
    return flat


def _metrics_of_large(values: Mapping[str, Any]) -> dict[str, float]:
    """List them over the labelled categories, and agreement with the teacher."""
    flat = {
        f"top1_{source}_int8": one["top1"]["ours"]["value"]
        for source, one in values["photos"].items()
    }
    for source, one in values["agreement"].items():
        flat[f"agreement_{source}_int8"] = one["value"]
    for scenario, one in values["worlds"].items():
        for metric in ("map", "false_interests"):
            if metric in one:
                flat[f"{metric}_{scenario}"] = one[metric]["ours"]["value"]
    return flat


def _large(measurements: Mapping[str, Measurement], config: str) -> dict[str, Any]:
    """Give what was measured of the large vocabulary, if the run is that of it."""
    values = measurements[VOCABULARY].values if VOCABULARY in measurements else {}
    return values if values.get("backbone") == config else {}


def _fine_tuning(configs: Sequence[str]) -> list[str]:
    return [f"python -m training backbone --config {config}" for config in configs]


def _chain(config: str) -> list[str]:
    """Name the fine-tuning runs that a run starts from, first ones first, and it."""
    parents = config_named(config, "backbone").parents
    chain = [one for run in parents for one in _chain(run)]
    return [*dict.fromkeys([*chain, config])]


def _fast(measurements: Mapping[str, Measurement], config: str) -> dict[str, Any]:
    """Give what was measured of faster extractors, if the run is one of them."""
    values = measurements[FAST].values if FAST in measurements else {}
    return values if config in values.get("candidates", {}) else {}


def _named(measurements: Mapping[str, Measurement], name: str) -> Measurement:
    if name not in measurements:
        raise ValueError(
            f"expected the measurement {name!r}, received {sorted(measurements)}"
        )
    return measurements[name]
