"""`python -m training.experiments.temporal`: later interests from earlier photos."""

from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import AGGREGATORS, FEATURES, RUNS, Features, Runs

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def next_interests(
    features: Features = FEATURES,
    runs: Runs = RUNS,
    seeds: Annotated[int, typer.Option(min=1, help="Simulation seeds.")] = 2,
) -> None:
    """Measure how well earlier photos predict later interests, seen before or not.

    Histories are cut between two days near their half. Beside the aggregators stand
    popularity, ridge regressions over each, a co-occurrence model over photo evidence
    and, for simulated users, the bound with the simulator's own groups of taste.
    """
    from training.experiments.temporal.scenarios import measure_scenarios
    from training.reports.measurement import measuring
    from training.steps import load_data, load_models

    feature_set, sets = load_data(features)
    with measuring("next-interests", runs / "results") as values:
        models = load_models(runs / "aggregators", AGGREGATORS)
        values["scenarios"] = measure_scenarios(models, feature_set, sets, seeds)
    typer.echo(f"wrote {runs / 'results' / 'next-interests.json'}")


if __name__ == "__main__":
    run(app)
