"""`python -m training.experiments.aggregator_family`: the published networks."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import AGGREGATORS, FEATURES, RUNS, Features, Runs

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Train and measure the published family of aggregators.",
)


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
def tuned(
    models: Annotated[
        list[str] | None,
        typer.Option("--model", help="Models to compare; all tuned ones by default."),
    ] = None,
    mil: Annotated[
        bool,
        typer.Option("--mil", help="The pooling rules of MIL alone, as mil-baselines."),
    ] = False,
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
    with measuring("mil-baselines" if mil else "tuned", runs / "results") as values:
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
    seeds: Annotated[int, typer.Option(min=1, help="Seeds 1 to this.")] = 3,
    quick: Annotated[
        bool, typer.Option("--quick", help="Two epochs of each network.")
    ] = False,
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Train tuned networks once a seed and compare each with those before it.

    A quarter of an hour per network and seed on two quiet cores. What is trained
    already is not trained again.
    """
    from training.experiments.aggregator_family.tuned_seeds import compare_seeds
    from training.reports.measurement import measuring
    from training.steps import data_files, load_data

    chosen = models or ["tuned_average", "tuned_attention_1"]
    feature_set, sets = load_data(features)
    with measuring("tuned-seeds", runs / "results") as values:
        values |= compare_seeds(
            chosen,
            seeds,
            feature_set,
            sets,
            runs / "aggregators",
            data_files(features),
            quick,
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
    from training.experiments.aggregator_family.plan import FINE_TUNED, FROZEN
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
        values["runs"] = list(set_labels.short_trainings(data, limits, 3, folder))
        values["short_map"] = set_labels.short_map_by_seed(feature_set, folder)


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


@app.command()
def sizes(
    repeats: Annotated[int, typer.Option(min=1, help="Timed decisions.")] = 30,
    runs: Runs = RUNS,
) -> None:
    """Measure file sizes and decision times of the family, at D of 178 and 1,000."""
    from training.configs import config_named
    from training.experiments.aggregator_family.plan import BEYOND, PROPOSED, PUBLISHED
    from training.experiments.aggregator_family.sizes import measure_sizes
    from training.reports.measurement import measuring

    names = (*PUBLISHED, *BEYOND, PROPOSED)
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

    Features that are not committed are read from RUNS/features.
    """
    from training.experiments.aggregator_family.bundle_seeds import measure_bundles
    from training.reports.measurement import measuring

    names = ("everyday", "everyday-1105", "everyday-178", "everyday-178-fast")
    chosen = bundles or [Path("models") / name for name in names]
    with measuring("bundle-scenarios", runs / "results") as values:
        extracted = runs / "features"
        values["map"] = measure_bundles(chosen, features, extracted, seeds)


if __name__ == "__main__":
    run(app)
