"""Commands from stored features to measured aggregators."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from training.commands.options import (
    AGGREGATORS,
    FEATURES,
    RUNS,
    Features,
    Runs,
    Spread,
)

app = typer.Typer()


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
    strategy: Spread = "one",
) -> None:
    """Train aggregators; without names the three of the comparison."""
    from training.aggregators.fit import fit
    from training.configs import config_named
    from training.distribution import Distribution, Strategy
    from training.steps import data_files, load_data, measuring_as_chief

    distribution = Distribution(Strategy(strategy))
    feature_set, sets = load_data(features)
    for name in names or AGGREGATORS:
        with measuring_as_chief(distribution, f"stage-{name}", runs):
            config = config_named(name, "aggregator", quick=quick)
            fit(
                config,
                feature_set,
                sets,
                runs / "aggregators",
                inputs=data_files(features),
                distribution=distribution,
            )


@app.command()
def compare(
    names: Annotated[
        list[str] | None, typer.Argument(help="Trained aggregators; three by default.")
    ] = None,
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Measure the trained aggregators on test users; tables and curves."""
    from training.metrics.compare import compare as compare_all
    from training.reports.comparison import comparison_tables
    from training.reports.curves import draw_curves
    from training.reports.measurement import measuring
    from training.simulation.scenario_names import USERS
    from training.steps import load_data, load_models

    feature_set, sets = load_data(features)
    with measuring("aggregators", runs / "results") as values:
        models = load_models(runs / "aggregators", names or AGGREGATORS)
        values.update(compare_all(models, sets, feature_set))
    console = Console(width=max(Console().width, 150))
    for table in comparison_tables(values):
        console.print(table.rich())
    measured = next(iter(values["aggregators"].values()))["worlds"]
    scenario = USERS if USERS in measured else next(iter(measured))
    drawn = runs / "figures" / f"{scenario}.png"
    draw_curves(values, scenario, drawn)
    typer.echo(f"drew {drawn}")


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
