"""Commands that train the whole family, or search the settings of a network."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import FEATURES, RUNS, Features, Runs

app = typer.Typer()


@app.command()
def sweep(
    features: Features = FEATURES,
    frozen: Annotated[
        Path | None, typer.Option(help="The same photos' features before fine-tuning.")
    ] = None,
    users: Annotated[int, typer.Option(min=1, help="Training users.")] = 20_000,
    epochs: Annotated[int, typer.Option(min=1, help="Of a run, at most.")] = 20,
    patience: Annotated[int, typer.Option(min=1)] = 3,
    seeds: Annotated[int, typer.Option(min=1, help="Trainings of a network.")] = 3,
    quick: Annotated[
        bool, typer.Option("--quick", help="Photo evidence without its search.")
    ] = False,
    minutes: Annotated[
        float | None, typer.Option(help="Start no run after these.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Start runs of these networks alone.")
    ] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Runs at the same time; all cores.")
    ] = None,
    runs: Runs = RUNS,
) -> None:
    """Train the family: positive weights, then seeds, scenarios and frozen features.

    Takes a night on two cores in full. Finished trials are kept: the same command
    resumes.
    """
    from photo_interests.photos.processes import usable_cores
    from training.experiments.aggregator_family.plan import FINE_TUNED, FROZEN
    from training.experiments.aggregator_family.sweep import Sweep
    from training.experiments.aggregator_family.train_one import Limits
    from training.reports.measurement import measuring

    sets = {FINE_TUNED: features} | ({FROZEN: frozen} if frozen else {})
    limits = Limits(users, epochs, patience, quick)
    with measuring("sweep", runs / "results") as values:
        folder = runs / "sweep"
        cores = processes or usable_cores()
        plan = Sweep(folder, sets, limits, cores, minutes, only or ())
        values["limits"] = vars(limits)
        values["runs"] = plan.run(seeds)


@app.command()
def sweep_seeds(
    features: Features = FEATURES,
    runs: Runs = RUNS,
    seeds: Annotated[int, typer.Option(min=2, help="Seeds 1 to this.")] = 4,
) -> None:
    """Measure the networks that the sweep trained on users of other scenarios."""
    from training.experiments.aggregator_family.other_scenarios import map_by_seed
    from training.experiments.aggregator_family.trained import trained_members
    from training.reports.measurement import Measurement, measuring
    from training.steps import load_data
    from training.workspace import existing

    command = "python -m training.experiments.aggregator_family sweep"
    swept = existing(runs / "results" / "sweep.json", command)
    feature_set, _ = load_data(features)
    rows = Measurement.load(swept).values["runs"]
    with measuring("family-scenarios", runs / "results") as values:
        models = trained_members(runs / "sweep", rows)
        values["map"] = map_by_seed(models, feature_set, range(1, seeds + 1))


@app.command()
def search(
    networks: Annotated[
        list[str] | None,
        typer.Option("--network", help="Networks to search; the tuned ones if none."),
    ] = None,
    trials: Annotated[int, typer.Option(min=1, help="Of a network.")] = 20,
    users: Annotated[int, typer.Option(min=1, help="Users of an epoch.")] = 20_000,
    epochs: Annotated[int, typer.Option(min=1, help="Of a trial, at most.")] = 20,
    validation_users: Annotated[int, typer.Option(min=1)] = 2_000,
    minutes: Annotated[
        float | None, typer.Option(help="Start no trial after these.")
    ] = None,
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Search each network's settings on validation users.

    Learning rate, weight decay, dropout, noise, standardisation, clipping, positive
    weight, schedule and users drawn again each epoch. Finished trials are kept: the
    same command resumes. The record keeps networks that were searched before. Needs
    the `science` extra.
    """
    import time

    from training.experiments.aggregator_family.search import (
        SearchLimits,
        with_earlier,
    )
    from training.experiments.aggregator_family.search import search as search_all
    from training.experiments.aggregator_family.searched import SEARCH
    from training.experiments.aggregator_family.tuned_comparison import SEARCHED
    from training.reports.measurement import Measurement, measuring
    from training.steps import load_data

    feature_set, sets = load_data(features)
    limits = SearchLimits(trials, users, epochs, validation_users)
    end = None if minutes is None else time.monotonic() + 60 * minutes
    earlier = Measurement.load(SEARCH).values if SEARCH.exists() else {}
    with measuring("search", runs / "results") as values:
        found = search_all(
            networks or SEARCHED, feature_set, sets, limits, runs / "search", end
        )
        values["networks"] = with_earlier(found, limits, earlier)
