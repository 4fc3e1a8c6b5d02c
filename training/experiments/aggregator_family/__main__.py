"""`python -m training.experiments.aggregator_family`: the published networks."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import AGGREGATORS, FEATURES, RUNS, Features, Runs
from training.experiments.aggregator_family import recipe_commands, sweep_commands

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Train and measure the published family of aggregators.",
)


@app.command()
def sizes(
    repeats: Annotated[int, typer.Option(min=1, help="Timed decisions.")] = 30,
    runs: Runs = RUNS,
) -> None:
    """Measure file sizes and decision times of the family, at D of 178 and 1,000."""
    from training.configs import config_named
    from training.experiments.aggregator_family.plan import BEYOND, PROPOSED, PUBLISHED
    from training.experiments.aggregator_family.set_labels import MEMBER
    from training.experiments.aggregator_family.sizes import measure_sizes
    from training.reports.measurement import measuring

    names = (*PUBLISHED, *BEYOND, PROPOSED, MEMBER)
    configs = {name: config_named(name, "aggregator") for name in names}
    with measuring("family-sizes", runs / "results") as values:
        for categories in (178, 1000):
            sizes = measure_sizes(configs, 1024, categories, repeats)
            values[f"{categories}"] = sizes


@app.command()
def attention(
    features: Features = FEATURES,
    users: Annotated[int, typer.Option(min=128, help="Training users.")] = 4_000,
    epochs: Annotated[int, typer.Option(min=1)] = 6,
    runs: Runs = RUNS,
) -> None:
    """Follow what two attention blocks do in training, as published and changed."""
    from training.configs import config_named
    from training.experiments.aggregator_family.attention_study import (
        VARIANTS,
        study_all,
    )
    from training.reports.measurement import measuring
    from training.steps import load_data

    feature_set, sets = load_data(features)
    config = config_named("attention_2_gating", "aggregator")
    with measuring("attention-study", runs / "results") as values:
        values |= {"users": users, "epochs": epochs}
        values["variants"] = study_all(
            VARIANTS, config, feature_set, sets, users, epochs
        )


@app.command()
def int8(
    bundle: Annotated[
        Path, typer.Option(help="Bundle whose two aggregators are compared.")
    ] = Path("models/everyday-178"),
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Measure what int8 weights of a bundle's aggregator cost on test users."""
    from training.experiments.aggregator_family.int8_aggregator import compare_int8
    from training.reports.measurement import measuring
    from training.steps import load_data

    feature_set, sets = load_data(features)
    with measuring("int8-aggregator", runs / "results") as values:
        values |= compare_int8(bundle, feature_set, sets)
    for scenario, difference in values["map_differences"].items():
        typer.echo(f"{scenario:24} MAP {difference['value']:+.4f}")


@app.command()
def reliability(
    bundles: Annotated[
        list[Path] | None,
        typer.Option("--bundle", help="Bundles; everyday-178 if none is given."),
    ] = None,
    features: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Feature sets by name of bundle.")
    ] = FEATURES.parent,
    runs: Runs = RUNS,
) -> None:
    """Compare predicted and true shares of test users, by tenths of the probability."""
    from training.experiments.aggregator_family.reliability import measure_reliability
    from training.reports.measurement import measuring

    with measuring("reliability", runs / "results") as values:
        values |= measure_reliability(
            bundles or [Path("models/everyday-178")], features
        )


@app.command()
def seeds(
    features: Features = FEATURES,
    runs: Runs = RUNS,
    seeds: Annotated[int, typer.Option(min=1, help="Seeds 1 to this.")] = 12,
) -> None:
    """Measure the trained aggregators on users of other simulated scenarios."""
    from training.experiments.aggregator_family.other_scenarios import map_by_seed
    from training.reports.measurement import measuring
    from training.steps import load_data, load_models

    feature_set, _ = load_data(features)
    with measuring("other-scenarios", runs / "results") as values:
        models = load_models(runs / "aggregators", AGGREGATORS)
        values["map"] = map_by_seed(models, feature_set, range(1, seeds + 1))


@app.command()
def bundle_seeds(
    bundles: Annotated[
        list[Path] | None,
        typer.Option("--bundle", help="All released ones if none is given."),
    ] = None,
    features: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Feature sets by name of bundle.")
    ] = FEATURES.parent,
    seeds: Annotated[int, typer.Option(min=1, help="Scenarios 1 to this.")] = 12,
    runs: Runs = RUNS,
) -> None:
    """Measure released bundles on users of several simulated scenarios.

    Features that are not committed are read from RUNS/features. Where bundles are
    given, those measured before stay as they were.
    """
    from training.experiments.aggregator_family.bundle_seeds import measure_bundles
    from training.interests.bases import OF_BUNDLES
    from training.reports.measurement import Measurement, measuring

    names = (*OF_BUNDLES, "everyday-1105", "everyday-178", "everyday-178-fast")
    chosen = bundles or [Path("models") / name for name in names]
    with measuring("bundle-scenarios", runs / "results") as values:
        extracted = runs / "features"
        before = runs / "results" / "bundle-scenarios.json"
        kept = bundles and before.is_file()
        earlier = Measurement.load(before).values["map"] if kept else {}
        measured = measure_bundles(chosen, features, extracted, seeds)
        values["map"] = earlier | measured


for _part in (sweep_commands, recipe_commands):
    app.add_typer(_part.app)


if __name__ == "__main__":
    run(app)
