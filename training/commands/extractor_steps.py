"""Commands from labelled photos to stored features."""

from typing import Annotated

import typer

from training.commands.options import (
    DATA,
    RUNS,
    Data,
    DeviceStrategy,
    Extractor,
    Force,
    OwnSet,
    Runs,
    Settings,
)
from training.workspace import Workspace

app = typer.Typer()
BackboneName = Annotated[
    str,
    typer.Argument(metavar="CONFIG", help="Config of the fine-tuning run."),
]


@app.command()
def photos(
    runs: Runs = RUNS,
    data: Data = DATA,
    own_set: OwnSet = None,
    force: Force = False,
) -> None:
    """Label the photos, find near-duplicates and split them.

    Writes RUNS/photos/photos.parquet and RUNS/photos/catalogue.
    """
    from training.pipeline import photos_step

    record = photos_step(Workspace(runs, data, own_set), force)
    for split, count in record.values["photos"].items():
        typer.echo(f"{split:12} {count} photos")


@app.command()
def pixels(
    runs: Runs = RUNS, data: Data = DATA, own_set: OwnSet = None, force: Force = False
) -> None:
    """Decode every photo once to the network's size.

    Writes RUNS/pixels/pixels.npy, 1.8 GB for the photos of the released bundles.
    """
    from training.pipeline import pixels_step

    pixels_step(Workspace(runs, data, own_set), force)


@app.command()
def backbone(
    config: BackboneName = "backbone_two_cores",
    settings: Settings = [],  # noqa: B006 (Typer copies it)
    runs: Runs = RUNS,
    data: Data = DATA,
    strategy: DeviceStrategy = "one",
    force: Force = False,
) -> None:
    """Fine-tune MobileNet v1, and probe its features before and after.

    Writes RUNS/backbone/CONFIG/extractor.keras. The runs that CONFIG starts from must
    be finished. Example:

        python -m training backbone backbone_two_cores --set stages.0.epochs=2
    """
    from training.commands.overrides import override
    from training.configs import config_named

    chosen = override(config_named(config, "backbone"), settings)
    from training.distribution import Distribution, Strategy
    from training.pipeline import open_backbone

    distribution = Distribution(Strategy(strategy))
    run = open_backbone(Workspace(runs, data), chosen, distribution, force)
    for name, accuracy in run.fit().items():
        typer.echo(f"{name:24} {accuracy:.4f}")


@app.command()
def photo_accuracy(
    config: BackboneName = "backbone_two_cores",
    runs: Runs = RUNS,
    data: Data = DATA,
) -> None:
    """Measure top-1 on test photos: the int8 extractor, its float network, the probe.

    CONFIG must be trained and exported before, by `backbone` and `export extractor`.
    """
    from training.configs import config_named
    from training.evaluations import photo_accuracy_step
    from training.reports.measurement import publish

    chosen, place = config_named(config, "backbone"), Workspace(runs, data)
    record = photo_accuracy_step(place, chosen, place.extractors / config)
    publish(record, "extractor-accuracy", place.results)
    for source, one in record.values["sources"].items():
        shown = "  ".join(f"{k} {v['value']:.4f}" for k, v in one["top1"].items())
        typer.echo(f"{source:10} {shown}")


@app.command()
def features(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name of the feature set.")
    ] = "backbone_two_cores",
    extractor: Extractor = RUNS / "extractors" / "backbone_two_cores",
    runs: Runs = RUNS,
    data: Data = DATA,
    threads: Annotated[
        int, typer.Option(min=1, help="Threads of the TFLite interpreter.")
    ] = 2,
    force: Force = False,
) -> None:
    """Extract the features of all photos with an exported extractor.

    Writes the feature set RUNS/features/NAME.
    """
    from training.pipeline import features_step

    features_step(Workspace(runs, data), name, extractor, threads, force)
    typer.echo(f"wrote {runs / 'features' / name}")
