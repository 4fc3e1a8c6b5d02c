"""Commands from labelled photos to stored features."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import (
    DATA,
    FEATURES,
    RUNS,
    Data,
    Extractor,
    Features,
    Runs,
    Spread,
)

app = typer.Typer()


@app.command()
def photos(
    runs: Runs = RUNS,
    data: Data = DATA,
    own_set: Annotated[
        bool, typer.Option(help="DATA is one folder-per-class set of your own.")
    ] = False,
) -> None:
    """Label the photos, find near-duplicates, split: photos.parquet, catalogue."""
    from training.photos.prepare import prepare_photos
    from training.reports.measurement import measuring

    runs.mkdir(parents=True, exist_ok=True)
    with measuring("stage-photos", runs / "results"):
        table, catalogue = prepare_photos(data, own_set)
        catalogue.save(runs / "catalogue")
        table.to_parquet(runs / "photos.parquet", index=False)


@app.command()
def pixels(runs: Runs = RUNS, data: Data = DATA) -> None:
    """Decode every photo once to the network's size: pixels.npy (1.8 GB)."""
    import pandas as pd

    from training.photos.pixels import pack_pixels
    from training.reports.measurement import measuring

    with measuring("stage-pixels", runs / "results"):
        pack_pixels(data, pd.read_parquet(runs / "photos.parquet"), runs / "pixels.npy")


@app.command()
def backbone(
    config: Annotated[
        str, typer.Option(help="A file of training/configs.")
    ] = "backbone_two_cores",
    runs: Runs = RUNS,
    data: Data = DATA,
    strategy: Spread = "one",
) -> None:
    """Fine-tune MobileNet v1 and probe its features before and after."""
    from training.configs import config_named
    from training.distribution import Distribution, Strategy
    from training.steps import backbone_run, measuring_as_chief

    distribution = Distribution(Strategy(strategy))
    with measuring_as_chief(distribution, "stage-backbone", runs):
        run = backbone_run(config_named(config, "backbone"), runs, data, distribution)
        for name, accuracy in run.fit().items():
            typer.echo(f"{name:24} {accuracy:.4f}")


@app.command()
def pretrained(
    out: Annotated[Path, typer.Option(help="Keras file to write.")] = (
        RUNS / "frozen" / "extractor.keras"
    ),
    data: Data = DATA,
) -> None:
    """Save the extractor as it is before fine-tuning, to export and compare with."""
    from photo_interests.bundle.input_rule import INPUT_RULE
    from training.backbone.mobilenet import build_extractor
    from training.backbone.pretrained import load_pretrained

    extractor = build_extractor(INPUT_RULE.height)
    load_pretrained(extractor, data)
    out.parent.mkdir(parents=True, exist_ok=True)
    extractor.save(out)
    typer.echo(f"wrote {out}")


@app.command()
def photo_accuracy(
    extractor: Extractor = RUNS / "extractor",
    config: Annotated[str, typer.Option(help="Of the fine-tuning run.")] = (
        "backbone_two_cores"
    ),
    runs: Runs = RUNS,
    data: Data = DATA,
) -> None:
    """Top-1 on test photos: fine-tuned in float and int8 against the frozen probe."""
    from training.configs import config_named
    from training.metrics.extractor_accuracy import extractor_accuracy
    from training.reports.measurement import measuring
    from training.steps import backbone_run

    with measuring("extractor-accuracy", runs / "results") as values:
        run = backbone_run(config_named(config, "backbone"), runs, data)
        values.update(extractor_accuracy(run, extractor))
    for source, one in values["sources"].items():
        shown = "  ".join(f"{k} {v['value']:.4f}" for k, v in one["top1"].items())
        typer.echo(f"{source:10} {shown}")


@app.command()
def features(
    extractor: Extractor = RUNS / "extractor",
    runs: Runs = RUNS,
    out: Features = FEATURES,
    threads: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Extract the features of all photos with a quantised extractor."""
    from training.features.extract import extract_feature_set
    from training.photos.catalogue import load_catalogue
    from training.reports.measurement import measuring
    from training.steps import provenance

    with measuring("stage-features", runs / "results"):
        extract_feature_set(
            runs / "pixels.npy",
            runs / "photos.parquet",
            extractor / "extractor.tflite",
            tuple(load_catalogue(runs / "catalogue").index),
            provenance(runs / "photos.parquet"),
            out,
            threads,
        )
