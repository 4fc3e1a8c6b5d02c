"""`python -m training`: from labelled photos to trained, measured networks."""

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="""Train and measure the networks. Each step reads what the one before wrote.

    photos -> pixels -> backbone -> (export extractor) -> features -> users ->
    aggregators -> compare -> results

    A step that was killed goes on where it stopped when it is started again.
    """,
)
Runs = Annotated[Path, typer.Option(help="Folder of working files.")]
Data = Annotated[Path, typer.Option(help="Photo sets and pretrained weights.")]
Features = Annotated[Path, typer.Option(help="Feature set with its users.")]
Extractor = Annotated[Path, typer.Option(help="Folder or bundle with an extractor.")]
RUNS = Path("runs")
DATA = Path("../shared/data")
FEATURES = Path("training/features/everyday-178")
AGGREGATORS = ["photo_evidence", "average", "attention_2_gating"]


@app.callback()
def _set_up() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for library in ("absl", "tensorflow"):
        logging.getLogger(library).setLevel(logging.WARNING)


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
) -> None:
    """Fine-tune MobileNet v1 and probe its features before and after."""
    from training.configs import config_named
    from training.reports.measurement import measuring
    from training.steps import backbone_run

    with measuring("stage-backbone", runs / "results"):
        run = backbone_run(config_named(config, "backbone"), runs, data)
        for name, accuracy in run.fit().items():
            typer.echo(f"{name:24} {accuracy:.4f}")


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
            provenance(extractor, runs / "photos.parquet"),
            out,
            threads,
        )


@app.command()
def users(features: Features = FEATURES, runs: Runs = RUNS) -> None:
    """Simulate users over the photos and gather the real contributors."""
    from training.features.feature_set import FeatureSet
    from training.reports.measurement import measuring
    from training.steps import make_users, user_statistics

    with measuring("users", runs / "results") as values:
        feature_set = FeatureSet.load(features)
        sets = make_users(feature_set)
        sets.save(features / "users.parquet")
        values["sets"] = user_statistics(sets, feature_set)


@app.command()
def aggregators(
    names: Annotated[
        list[str] | None, typer.Argument(help="Files of training/configs.")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Minutes rather than an hour.")
    ] = False,
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Train aggregators; without names the three of the comparison."""
    from training.aggregators.fit import fit
    from training.configs import config_named
    from training.reports.measurement import measuring
    from training.steps import load_data

    feature_set, sets = load_data(features)
    for name in names or AGGREGATORS:
        with measuring(f"stage-{name}", runs / "results"):
            config = config_named(name, "aggregator", quick=quick)
            fit(config, feature_set, sets, runs / "aggregators" / name)


@app.command()
def compare(features: Features = FEATURES, runs: Runs = RUNS) -> None:
    """Measure the trained aggregators on test users; tables and curves."""
    from training.evaluation.compare import compare as compare_all
    from training.reports.comparison import comparison_tables
    from training.reports.curves import draw_curves
    from training.reports.measurement import measuring
    from training.steps import load_contenders, load_data
    from training.users.worlds import USERS

    feature_set, sets = load_data(features)
    with measuring("aggregators", runs / "results") as values:
        contenders = load_contenders(runs / "aggregators", AGGREGATORS)
        values.update(compare_all(contenders, sets, feature_set))
    console = Console(width=max(Console().width, 150))
    for table in comparison_tables(values):
        console.print(table.rich())
    drawn = runs / "figures" / f"{USERS}.png"
    draw_curves(values, USERS, drawn)
    typer.echo(f"drew {drawn}")


@app.command()
def other_worlds(
    features: Features = FEATURES,
    runs: Runs = RUNS,
    seeds: Annotated[int, typer.Option(min=1, help="Seeds 1 to this.")] = 12,
) -> None:
    """Measure the trained aggregators on users of other simulated worlds."""
    from training.evaluation.other_worlds import map_by_seed
    from training.reports.measurement import measuring
    from training.steps import load_contenders, load_data

    feature_set, _ = load_data(features)
    with measuring("other-worlds", runs / "results") as values:
        contenders = load_contenders(runs / "aggregators", AGGREGATORS)
        values["map"] = map_by_seed(contenders, feature_set, range(1, seeds + 1))


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
    from training.evaluation.extractor_accuracy import extractor_accuracy
    from training.reports.measurement import measuring
    from training.steps import backbone_run

    with measuring("extractor-accuracy", runs / "results") as values:
        run = backbone_run(config_named(config, "backbone"), runs, data)
        values.update(extractor_accuracy(run, extractor))
    for source, one in values["sources"].items():
        shown = "  ".join(f"{k} {v['value']:.4f}" for k, v in one["top1"].items())
        typer.echo(f"{source:10} {shown}")


@app.command()
def throughput(
    bundle: Annotated[Path, typer.Option(help="Bundle that reads.")] = Path(
        "models/everyday-178"
    ),
    runs: Runs = RUNS,
) -> None:
    """Time `photo-interests predict` on 12-megapixel photos against a plain loop."""
    from photo_interests.benchmark import HEIGHT, WIDTH, compare_speeds
    from photo_interests.processes import usable_cores
    from training.reports.measurement import measuring

    with measuring("predict-throughput", runs / "results") as values:
        speeds = compare_speeds(bundle, photos=96, repeats=5)
        values |= {
            "photos": speeds.photos,
            "megapixels": round(WIDTH * HEIGHT / 1e6),
            "processes": usable_cores(),
            "photos_per_second": speeds.ours,
            "plain_photos_per_second": speeds.plain,
            "ratio": speeds.ratio,
        }


@app.command()
def card(
    runs: Runs = RUNS,
    config: Annotated[str, typer.Option(help="Of the fine-tuning run.")] = (
        "backbone_two_cores"
    ),
) -> None:
    """Gather what the card says of training: card/training.json, card/metrics.json."""
    from training.reports.card_inputs import write_card_inputs

    results, table = runs / "results", runs / "photos.parquet"
    write_card_inputs(results, table, config, runs / "card")


@app.command()
def held_out(
    bundle: Annotated[Path, typer.Option(help="Bundle to predict with.")],
    features: Features = FEATURES,
    number: Annotated[int, typer.Option(min=1, help="How many users.")] = 3,
) -> None:
    """Predict for users that no network has seen, on the TFLite runtime."""
    from training.reports.held_out import held_out_tables
    from training.steps import load_data

    console = Console()
    for table in held_out_tables(bundle, *load_data(features), number):
        console.print(table.rich())


@app.command()
def results(
    source: Annotated[
        Path, typer.Option("--from", help="Folder of measurements.")
    ] = RUNS / "results",
    docs: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("docs"),
) -> None:
    """Write docs/RESULTS.md and its figures from measurements alone."""
    from training.reports.results import write_results

    typer.echo(f"wrote {write_results(source, docs)}")


def main() -> None:
    """Run the command line; what a user can mend is told without a traceback."""
    try:
        app()
    except (ValueError, OSError) as error:
        Console(stderr=True).print(f"[red]error:[/] {error}", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
