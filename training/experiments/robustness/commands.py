"""Commands that try the networks where the published scenarios do not look."""

from typing import Annotated

import typer

from training.commands.options import (
    AGGREGATORS,
    FEATURES,
    RUNS,
    Extractor,
    Features,
    Runs,
)

app = typer.Typer()


@app.command()
def robustness(
    features: Features = FEATURES,
    runs: Runs = RUNS,
    extractor: Extractor = RUNS / "extractor",
    threads: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Many photos, photos of nothing, unknown kinds, and photos altered as in life."""
    import numpy as np

    from photo_interests.models.extractor import Extractor as Reader
    from training.experiments.robustness.robustness import robustness as measure
    from training.reports.measurement import measuring
    from training.steps import load_data, load_models

    feature_set, sets = load_data(features)
    with measuring("robustness", runs / "results") as values:
        models = load_models(runs / "aggregators", AGGREGATORS)
        pixels = np.load(runs / "pixels.npy", mmap_mode="r")
        reader = Reader(extractor / "extractor.tflite", threads)
        values.update(measure(models, feature_set, sets, pixels, reader))


@app.command()
def adapter_study(features: Features = FEATURES, runs: Runs = RUNS) -> None:
    """Try what `photo-interests adapt` gains: held-out users, photos, populations."""
    from training.aggregators.fit import AGGREGATOR
    from training.aggregators.loading import load_aggregator
    from training.aggregators.photo_evidence import PhotoEvidence
    from training.experiments.adapter.study import adapter_study as study
    from training.reports.measurement import measuring
    from training.steps import load_data

    path = runs / "aggregators" / "photo_evidence" / AGGREGATOR
    aggregator = load_aggregator(path)
    if not isinstance(aggregator, PhotoEvidence):
        raise ValueError(f"{path}: expected photo evidence, received {aggregator.name}")
    with measuring("adapter", runs / "results") as values:
        values.update(study(aggregator, *load_data(features)))
    for case, trial in values.items():
        gain = trial["gain"]
        typer.echo(f"{case:20} {gain['value']:+.4f} ({gain['low']:+.4f})")
