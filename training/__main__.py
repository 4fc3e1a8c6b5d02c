"""`python -m training`: from labelled photos to trained, measured networks."""

import importlib
import logging
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help=__doc__, no_args_is_help=True)
Runs = Annotated[Path, typer.Option(help="Where working files go.")]
Data = Annotated[Path, typer.Option(help="The photo sets and pretrained weights.")]
RUNS = Path("runs")
DATA = Path("../shared/data")


@app.callback()
def configure() -> None:
    """Train and measure the networks, step by step: photos, pixels, backbone, …."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")


@app.command()
def photos(runs: Runs = RUNS, data: Data = DATA, own_set: bool = False) -> None:
    """Label the photos, find near-duplicates, split: photos.parquet."""
    from training.photos.prepare import prepare_photos

    runs.mkdir(parents=True, exist_ok=True)
    table, _ = prepare_photos(data, own_set)
    table.to_parquet(runs / "photos.parquet", index=False)


@app.command()
def pixels(runs: Runs = RUNS, data: Data = DATA) -> None:
    """Decode every photo once to network-sized pixels: pixels.npy (1.8 GB)."""
    import pandas as pd

    from training.photos.pixels import pack_pixels

    pack_pixels(data, pd.read_parquet(runs / "photos.parquet"), runs / "pixels.npy")


@app.command()
def backbone(
    config: str = "backbone_two_cores", runs: Runs = RUNS, data: Data = DATA
) -> None:
    """Fine-tune MobileNet v1; goes on where a killed run stopped."""
    import pandas as pd

    from training.backbone.fit import BackboneRun
    from training.photos.catalogue import load_catalogue
    from training.photos.pixels import load_pixels

    chosen = importlib.import_module(f"training.configs.{config}").get_config()
    run = BackboneRun(
        chosen,
        load_pixels(runs / "pixels.npy"),
        pd.read_parquet(runs / "photos.parquet"),
        load_catalogue().index,
        data,
        runs / "backbone" / chosen.name,
    )
    for name, accuracy in run.fit().items():
        typer.echo(f"{name:24} {accuracy:.4f}")


if __name__ == "__main__":
    app()
