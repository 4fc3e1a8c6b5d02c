"""Commands from stored features to measured aggregators."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from training.commands.options import (
    AGGREGATORS,
    FEATURES,
    RUNS,
    DeviceStrategy,
    Features,
    Force,
    Runs,
    Settings,
)
from training.workspace import Workspace

app = typer.Typer()


@app.command()
def users(
    features: Features = FEATURES, runs: Runs = RUNS, force: Force = False
) -> None:
    """Simulate users over the photos, and add the real contributors.

    Writes FEATURES/users/users.parquet, which the later steps then read in place of the
    users that the feature set came with.
    """
    from training.pipeline import users_step
    from training.reports.measurement import publish

    record = users_step(features, force=force)
    publish(record, "users", Workspace(runs).results)
    for scenario, splits in record.values["sets"].items():
        typer.echo(f"{scenario:24} {', '.join(splits)}")


@app.command()
def aggregators(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CONFIG]...",
            help="Configs to train; the three of the comparison by default.",
        ),
    ] = None,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="The shorter trainings: minutes, not an hour."),
    ] = False,
    settings: Settings = [],  # noqa: B006 (Typer copies it)
    features: Features = FEATURES,
    runs: Runs = RUNS,
    strategy: DeviceStrategy = "one",
    force: Force = False,
) -> None:
    """Train aggregators: RUNS/aggregators/CONFIG/aggregator.keras.

    For example:

        python -m training aggregators average --set epochs=5
    """
    from training.aggregators.config import PhotoEvidenceConfig, SetTrainingConfig
    from training.commands.overrides import check_names, override
    from training.configs import check_name, config_named

    chosen = names or AGGREGATORS
    for name in chosen:
        check_name(name, "aggregator")
    check_names(settings, [SetTrainingConfig, PhotoEvidenceConfig])
    configs = [
        override(config_named(name, "aggregator", quick=quick), settings)
        for name in chosen
    ]
    from training.aggregators.fit import fit
    from training.distribution import Distribution, Strategy
    from training.steps import data_files, load_data

    distribution = Distribution(Strategy(strategy))
    feature_set, sets = load_data(features)
    for config in configs:
        fit(
            config,
            feature_set,
            sets,
            Workspace(runs).aggregators,
            inputs=data_files(features),
            distribution=distribution,
            force=force,
        )


@app.command()
def compare(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CONFIG]...", help="Trained aggregators; three by default."
        ),
    ] = None,
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Measure trained aggregators on test users; show tables and draw curves."""
    from training.evaluations import comparison_step
    from training.reports.comparison import comparison_tables
    from training.reports.curves import draw_curves
    from training.reports.measurement import publish
    from training.simulation.scenario_names import USERS

    place = Workspace(runs)
    record = comparison_step(place, features, names or AGGREGATORS)
    publish(record, "aggregators", place.results)
    values = dict(record.values)
    console = Console(width=max(Console().width, 150))
    for table in comparison_tables(values):
        console.print(table.rich())
    measured = next(iter(values["aggregators"].values()))["scenarios"]
    scenario = USERS if USERS in measured else next(iter(measured))
    drawn = runs / "figures" / f"{scenario}.png"
    draw_curves(values, scenario, drawn)
    typer.echo(f"drew {drawn}")


@app.command()
def card(
    aggregator: Annotated[
        Path,
        typer.Argument(metavar="RUN", help="Run of the aggregator of the bundle."),
    ] = RUNS / "aggregators" / "photo_evidence",
    runs: Runs = RUNS,
) -> None:
    """Gather what the card reports of training: from the records of all runs.

    Writes RUNS/card/training.json and RUNS/card/metrics.json for `export bundle`.
    """
    from training.reports.card_inputs import write_card_inputs

    write_card_inputs(aggregator, runs, runs / "card")
    typer.echo(f"wrote {runs / 'card'}")


@app.command(context_settings={"ignore_unknown_options": True})
def release(
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME [OPTIONS]",
            help="Name of a recipe, and the options of `export release`.",
        ),
    ],
) -> None:
    """Run or resume all steps of a released bundle, up to the verified bundle.

    This is `python -m export release`, started from here: see its --help.
    """
    import subprocess
    import sys

    command = [sys.executable, "-m", "export", "release", *arguments]
    raise typer.Exit(subprocess.call(command))
