"""`python -m training.experiments.temporal`: later interests from earlier photos."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import AGGREGATORS, FEATURES, RUNS, Features, Runs

TRAINING_USERS = 4_000
"""That ridge and EASE are fitted on with `--taxonomy`."""
app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def next_interests(
    features: Features = FEATURES,
    runs: Runs = RUNS,
    seeds: Annotated[int, typer.Option(min=1, help="Simulation seeds.")] = 2,
    taxonomy: Annotated[
        Path | None,
        typer.Option(
            metavar="BUNDLE", help="Measure simple models of this bundle's interests."
        ),
    ] = None,
) -> None:
    """Measure how well earlier photos predict later interests, seen before or not.

    Histories are cut between two days near their half. Beside the aggregators stand
    popularity, ridge regressions over each, a co-occurrence model over photo evidence
    and, for simulated users, the bound with the simulator's own groups of taste. With
    `--taxonomy` later interests are those of the bundle, whose features are given.
    """
    from training.experiments.temporal.scenarios import measure_scenarios
    from training.experiments.temporal.taxonomy_interests import measure_taxonomy
    from training.reports.measurement import measuring
    from training.steps import load_data, load_models

    feature_set, sets = load_data(features)
    if taxonomy:
        with measuring("next-taxonomy-interests", runs / "results") as values:
            values |= measure_taxonomy(taxonomy, feature_set, sets, TRAINING_USERS)
        return
    with measuring("next-interests", runs / "results") as values:
        models = load_models(runs / "aggregators", AGGREGATORS)
        values["scenarios"] = measure_scenarios(models, feature_set, sets, seeds)
    typer.echo(f"wrote {runs / 'results' / 'next-interests.json'}")


if __name__ == "__main__":
    run(app)
