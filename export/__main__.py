"""Command line: `python -m export`."""

import logging
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from export import adapt_command

application = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="""Turn trained networks into TFLite models and released bundles.

    The whole way, after training:

        python -m export extractor
            --backbone runs/backbone/backbone_two_cores/extractor.keras
            --pixels runs/pixels.npy --photos runs/photos.parquet --out runs/extractor

        python -m export bundle --name everyday-178 --version 1.0.0
            --extractor runs/extractor
            --aggregator runs/aggregators/photo_evidence/aggregator.keras
            --features training/features/everyday-178
            --training runs/card/training.json --metrics runs/card/metrics.json

        python -m export verify models/everyday-178
    """,
)

AggregatorFile = Annotated[
    Path, typer.Option(help="Trained aggregator.keras of any kind.")
]
Runs = Annotated[Path, typer.Option(help="Folder of working files.")]
RUNS = Path("runs")
FeatureFolder = Annotated[
    Path,
    typer.Option(help="Feature set whose test photos conversions are compared on."),
]


application.add_typer(adapt_command.app)


@application.callback()
def _set_up() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("tensorflow").setLevel(logging.ERROR)


@application.command()
def extractor(
    backbone: Annotated[
        Path, typer.Option(help="Keras extractor: photo in [-1, 1] to features.")
    ],
    pixels: Annotated[
        Path, typer.Option(help="Packed pixels, .npy of (photos, 224, 224, 3) bytes.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for both files and a report.")],
    photos: Annotated[
        Path | None,
        typer.Option(
            help="Table of these photos: calibrates on its training split and "
            "measures on its test split. Without it all photos serve both."
        ),
    ] = None,
    calibration: Annotated[
        int, typer.Option(min=1, help="Photos that set the quantisation's ranges.")
    ] = 300,
    measured: Annotated[
        int, typer.Option(min=1, help="Photos to compare int8 with float on.")
    ] = 500,
    seed: Annotated[int, typer.Option(help="Of both draws.")] = 0,
    runs: Runs = RUNS,
) -> None:
    """Convert an extractor: int8 with bytes at both ends, and floating point.

    Writes extractor.tflite, extractor-float.tflite and extractor.json, which says how
    alike their features are.
    """
    from dataclasses import asdict

    import keras
    import numpy as np

    from export.extractor import (
        choose_calibration,
        compare,
        convert_extractor,
        write_extractor,
    )
    from photo_interests.bundle.card import record_file
    from training.photos.pixels import resize
    from training.reports.measurement import measuring

    packed = np.load(pixels, mmap_mode="r")
    train, test = (_rows(photos, split, len(packed)) for split in ("train", "test"))
    with measuring("extractor", runs / "results") as values:
        chosen = choose_calibration(packed, train, calibration, seed)
        model = keras.saving.load_model(backbone, compile=False)
        size = model.input_shape[1]
        quantised, floating = convert_extractor(model, resize(chosen, size))
        held_out = resize(choose_calibration(packed, test, measured, seed), size)
        similarity = compare(quantised, floating, held_out)
        settings = {
            "backbone_sha256": record_file(backbone).sha256,
            "calibration_photos": len(chosen),
            "seed": seed,
        }
        write_extractor(out, quantised, floating, similarity, settings)
        values.update(asdict(similarity))


@application.command()
def aggregators(
    trained: Annotated[
        list[Path], typer.Argument(help="Folders with a trained aggregator.keras.")
    ],
    features: FeatureFolder,
    out: Annotated[Path, typer.Option(help="Gets a folder of files for each.")],
    runs: Runs = RUNS,
) -> None:
    """Convert aggregators by themselves, proven against Keras from 1 to 4096 photos.

    Writes aggregator.tflite, and aggregator-int8.tflite where that is accurate.
    """
    from dataclasses import asdict

    from export.aggregator import export_aggregator, write_aggregator
    from training.aggregators.loading import load_aggregator
    from training.reports.measurement import measuring

    rows = _load_features(features)
    with measuring("aggregator-parity", runs / "results") as values:
        proofs = values.setdefault("aggregators", {})
        for folder in trained:
            aggregator = load_aggregator(folder / "aggregator.keras")
            files = export_aggregator(aggregator, rows)
            write_aggregator(out / folder.name, files)
            proofs[folder.name] = asdict(files.proof)


@application.command()
def bundle(
    name: Annotated[str, typer.Option(help="Name of the bundle and its folder.")],
    version: Annotated[str, typer.Option(help="Three numbers, such as 1.0.0.")],
    extractor: Annotated[
        Path,
        typer.Option(
            help="Folder written by `extractor`, or a bundle whose extractor is used "
            "again beside this aggregator."
        ),
    ],
    aggregator: AggregatorFile,
    features: FeatureFolder,
    training: Annotated[
        Path | None,
        typer.Option(
            help="JSON of the card's section `training`. Without it, that of the "
            "bundle given as --extractor."
        ),
    ] = None,
    metrics: Annotated[
        Path | None, typer.Option(help="JSON of metric names with numbers.")
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option(help="Folder of a catalogue of your own.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder of bundles.")] = Path("models"),
    runs: Runs = RUNS,
) -> None:
    """Write a bundle: models, card, labels, golden files; verified, then in place.

    A failed or killed export leaves the bundle that was there.
    """
    from export.bundle import BundleParts, write_bundle
    from export.bundle_inputs import read_metrics, read_training
    from export.lineage import origin_of
    from photo_interests.bundle.card import load_card
    from training.aggregators.loading import load_aggregator
    from training.features.feature_set import FeatureSet
    from training.photos.catalogue import HERE, load_catalogue
    from training.reports.measurement import measuring, running_command

    feature_set = FeatureSet.load(features)
    section = read_training(training, extractor)
    commands = (*section.commands, running_command())
    parts = BundleParts(
        name=name,
        version=version,
        extractor=extractor,
        aggregator=load_aggregator(aggregator),
        features=feature_set.features[feature_set.rows("test")],
        origin=origin_of(aggregator, feature_set, runs),
        catalogue=load_catalogue(catalogue or HERE),
        training=section.model_copy(update={"commands": commands}),
        metrics=read_metrics(metrics),
    )
    with measuring("bundle", runs / "results") as values:
        written = write_bundle(parts, out)
        card = load_card(written)
        values["name"] = card.name
        values["files"] = {n: record.bytes for n, record in card.files.items()}
    Console().print(f"wrote {written}")


@application.command()
def verify(
    bundle: Annotated[Path, typer.Argument(help="Folder of the bundle.")],
) -> None:
    """Check everything about a bundle again; never skips. Exits with 1 on failure."""
    from export.verify import failures
    from export.verify import verify as run_checks

    results = run_checks(bundle)
    table = Table("check", "result", "found", title=str(bundle))
    for result in results:
        mark = "[green]passed[/]" if result.passed else "[red]FAILED[/]"
        table.add_row(result.name, mark, result.detail)
    Console().print(table)
    if failures(results):
        raise typer.Exit(1)


@application.command()
def benchmark(
    extractor: Annotated[Path, typer.Argument(help="TFLite extractor.")],
    reference: Annotated[Path, typer.Argument(help="TFLite extractor to compare.")],
    repeats: Annotated[int, typer.Option(min=1, help="Timed runs of each.")] = 100,
    runs: Runs = RUNS,
) -> None:
    """Time an extractor against another one, in turns, with 1 and 2 threads."""
    from dataclasses import asdict

    from export.benchmark import compare_latency
    from training.reports.measurement import measuring

    table = Table("threads", "median ms", "reference ms", "ratio")
    with measuring("extractor-latency", runs / "results") as values:
        compared = values.setdefault("comparisons", [])
        for threads in (1, 2):
            found = compare_latency(extractor, reference, threads, repeats)
            compared.append({**asdict(found), "ratio": found.ratio})
    for one in compared:
        numbers = (one["milliseconds"], one["reference_milliseconds"], one["ratio"])
        table.add_row(str(one["threads"]), *(f"{value:.3f}" for value in numbers))
    Console().print(table)


def main() -> None:
    """Run the command line; what a user can mend is told without a traceback."""
    try:
        application()
    except (ValueError, OSError) as error:
        Console(stderr=True).print(f"[red]error:[/] {error}", highlight=False)
        sys.exit(1)


def _rows(photos: Path | None, split: str, count: int) -> Any:
    import numpy as np

    from export.bundle_inputs import split_rows

    return np.arange(count) if photos is None else split_rows(photos, split, count)


def _load_features(folder: Path) -> Any:
    from training.features.feature_set import FeatureSet

    features = FeatureSet.load(folder)
    return features.features[features.rows("test")]


if __name__ == "__main__":
    main()
