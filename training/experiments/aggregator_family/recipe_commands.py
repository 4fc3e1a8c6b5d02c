"""Commands that train networks under one recipe and compare them."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import FEATURES, RUNS, Features, Runs

app = typer.Typer()


@app.command()
def tuned(
    models: Annotated[
        list[str] | None,
        typer.Option("--model", help="Models to compare; all tuned ones by default."),
    ] = None,
    mil: Annotated[
        bool,
        typer.Option("--mil", help="The pooling rules of MIL alone, as mil-baselines."),
    ] = False,
    record: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Name of the measurement; tuned if none."),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Two epochs of each network.")
    ] = False,
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Train the networks under one tuned recipe and compare them with photo evidence.

    A quarter of an hour per network on two quiet cores. What is trained already is not
    trained again: `python -m training aggregators NAME` trains one of them.
    """
    from training.experiments.aggregator_family.tuned_comparison import (
        MIL_BASELINES,
        SUPERVISION,
        compare_tuned,
    )
    from training.reports.measurement import measuring
    from training.steps import data_files, load_data

    chosen = models or list(MIL_BASELINES if mil else SUPERVISION)
    feature_set, sets = load_data(features)
    name = record or ("mil-baselines" if mil else "tuned")
    with measuring(name, runs / "results") as values:
        values |= compare_tuned(
            chosen,
            feature_set,
            sets,
            runs / "aggregators",
            data_files(features),
            quick,
        )


@app.command()
def tuned_seeds(
    models: Annotated[
        list[str] | None,
        typer.Option("--model", help="Networks, each compared with those before it."),
    ] = None,
    seeds: Annotated[
        list[int] | None, typer.Option("--seed", help="Seeds; 1 to 5 by default.")
    ] = None,
    only_trained: Annotated[
        bool, typer.Option("--trained", help="Leave out seeds not trained yet.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Two epochs of each network.")
    ] = False,
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Train tuned networks once a seed and compare each with those before it.

    Simulated users, galleries and contributors. Up to ten minutes of a core per network
    and seed. What is trained already is not trained again; a training that was stopped
    goes on.
    """
    from training.experiments.aggregator_family.tuned_seeds import (
        COMPARED,
        compare_seeds,
    )
    from training.reports.measurement import measuring
    from training.steps import data_files, load_data

    feature_set, sets = load_data(features)
    with measuring("tuned-seeds", runs / "results") as values:
        values |= compare_seeds(
            models or COMPARED,
            seeds or range(1, 6),
            feature_set,
            sets,
            runs / "aggregators",
            data_files(features),
            quick,
            only_trained,
        )


@app.command()
def set_labels(
    features: Features = FEATURES,
    frozen: Annotated[
        Path | None, typer.Option(help="The same photos' features before fine-tuning.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Scenarios 1 to this.")] = 12,
    runs: Runs = RUNS,
) -> None:
    """Measure photo evidence from set labels alone wherever the family is measured.

    Needs `python -m training aggregators photo_evidence set_labels_photo_evidence`;
    trains the short forms of the sweep itself. Minutes.
    """
    from dataclasses import asdict

    from training.experiments.aggregator_family import set_labels
    from training.experiments.aggregator_family.plan import FINE_TUNED, FROZEN, WEIGHTS
    from training.reports.measurement import measuring
    from training.steps import load_data, load_models

    feature_set, sets = load_data(features)
    names = (set_labels.REFERENCE, set_labels.MEMBER)
    models = load_models(runs / "aggregators", names)
    data = {FINE_TUNED: features} | ({FROZEN: frozen} if frozen else {})
    with measuring("set-labels", runs / "results") as values:
        values |= set_labels.compare_with_reference(models, sets, feature_set, seeds)
        limits, folder = set_labels.SWEEP, runs / "sweep"
        values["limits"] = asdict(limits)
        rows = values["runs"] = set_labels.short_trainings(data, limits, 3, folder)
        weight = set_labels.best_weight(rows[: len(WEIGHTS)])
        values["short_map"] = set_labels.short_map_by_seed(feature_set, folder, weight)
