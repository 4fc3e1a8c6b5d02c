"""The command that teaches the large vocabulary and measures it."""

from dataclasses import replace
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
OWN_FEATURES = Path("training/features/everyday-1105")


@app.command()
def vocabulary(
    first: Annotated[
        Path, typer.Option(help="Bundle to compare with on the labelled categories.")
    ],
    first_features: Annotated[
        Path, typer.Option(help="Feature set by that bundle's extractor.")
    ] = FEATURES,
    work: Annotated[Path, typer.Option(help="Gets both aggregators.")] = WORK,
    extractor: Extractor = WORK / "extractor",
    config: Annotated[str, typer.Option(help="Of the fine-tuning run.")] = (
        "backbone_joint"
    ),
    hidden: Annotated[
        int, typer.Option(min=0, help="Hidden units of the classifier of the labels.")
    ] = 256,
    copies: Annotated[
        int, typer.Option(min=0, help="Augmented views of a photo for the student.")
    ] = 2,
    features: Features = OWN_FEATURES,
    runs: Runs = RUNS,
    data: Data = DATA,
) -> None:
    """Teach a thousand more everyday things to photo evidence.

    Reads photos and splits of a fine-tuning run, its exported extractor and the
    features by it. Writes WORK/aggregators/photo_evidence, which has learnt the labels,
    and WORK/aggregators/vocabulary_evidence, which knows both.
    """
    from training.configs import config_named
    from training.reports.measurement import measuring
    from training.steps import backbone_run, data_files, load_data
    from training.vocabulary.steps import fit_and_measure
    from training.vocabulary.student import StudentConfig

    with measuring("vocabulary", runs / "results") as values:
        run = backbone_run(config_named(config, "backbone"), runs, data)
        feature_set, sets = load_data(features)
        labels = replace(
            config_named("photo_evidence"),
            hidden=hidden,
            linear_feature_offset=(run.teacher_features or 0) if hidden else 0,
        )
        values.update(
            fit_and_measure(
                run,
                extractor,
                feature_set,
                sets,
                (first, first_features),
                work,
                labels,
                StudentConfig(copies=copies),
                data_files(features),
            )
        )
    for source, one in values["agreement"].items():
        typer.echo(f"{source:10} agreement with the teacher {one['value']:.4f}")
    for scenario, metrics in values["worlds"].items():
        for metric, found in metrics.items():
            numbers = "  ".join(f"{k} {v['value']:.4f}" for k, v in found.items())
            typer.echo(f"{scenario:24} {metric:18} {numbers}")
