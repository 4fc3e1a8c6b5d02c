"""The command that teaches the large vocabulary and measures it."""

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
)

app = typer.Typer()
WORK = RUNS / "vocabulary"
RELEASED = Path("models/everyday-178")


@app.command()
def vocabulary(
    first: Annotated[
        Path, typer.Option(help="Bundle to compare with on the labelled categories.")
    ],
    first_features: Annotated[
        Path, typer.Option(help="Feature set by that bundle's extractor.")
    ] = FEATURES,
    work: Annotated[
        Path, typer.Option(help="Has aggregators/photo_evidence on FEATURES.")
    ] = WORK,
    extractor: Extractor = RELEASED,
    config: Annotated[str, typer.Option(help="Of the fine-tuning run.")] = (
        "backbone_two_cores"
    ),
    epochs: Annotated[
        int, typer.Option(min=0, help="Of the student on the final features, at most.")
    ] = 20,
    features: Features = FEATURES,
    runs: Runs = RUNS,
    data: Data = DATA,
) -> None:
    """Teach a thousand more everyday things to the trained photo evidence.

    Reads photos and splits of a fine-tuning run, its exported extractor, the features
    by it, and WORK/aggregators/photo_evidence trained on them. Writes
    WORK/aggregators/vocabulary_evidence.
    """
    from training.configs import config_named
    from training.reports.measurement import measuring
    from training.steps import backbone_run, load_data
    from training.vocabulary.steps import teach_and_measure
    from training.vocabulary.student import StudentConfig

    with measuring("vocabulary", runs / "results") as values:
        run = backbone_run(config_named(config, "backbone"), runs, data)
        feature_set, sets = load_data(features)
        values.update(
            teach_and_measure(
                run,
                extractor,
                feature_set,
                sets,
                (first, first_features),
                work,
                StudentConfig(epochs=epochs),
            )
        )
    for source, one in values["agreement"].items():
        typer.echo(f"{source:10} agreement with the teacher {one['value']:.4f}")
    for world, metrics in values["worlds"].items():
        for metric, found in metrics.items():
            numbers = "  ".join(f"{k} {v['value']:.4f}" for k, v in found.items())
            typer.echo(f"{world:24} {metric:18} {numbers}")
