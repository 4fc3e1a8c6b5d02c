"""`python -m training.experiments.paper_tables`: the headline tables, made again.

From committed features: the tuned networks beside photo evidence under both protocols
of supervision, and the recommenders of the simulated shop (without those that read
pixels). What is trained already is not trained again. The tables are written to
RUNS/tables, the measurements to RUNS/results.

As many networks are trained at a time as there are cores. The five with a hidden layer
of 2,048 take 12 to 14 s of processor time an epoch, 34 minutes in all; everything else
took 17. So it is about 51 minutes of processor time: half an hour on two quiet cores,
by these parts. In one go only the short form has run: 47 s of the processor with the
start of Python, 106 s on two busy cores.
"""

import logging
import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import FEATURES, RUNS, Features, Runs
from training.experiments.tables import load_declarations, render

logger = logging.getLogger(__name__)
SOURCES = ("tuned", "rankers")
QUICK_MODELS = ("set_labels_photo_evidence",)
QUICK_RANKERS = ("popularity", "ItemKNN", "EASE", "nearest to a photo", "proposed")
app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def paper_tables(
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Few epochs, few models: minutes, other numbers."),
    ] = False,
    features: Features = FEATURES,
    runs: Runs = RUNS / "paper",
) -> None:
    """Make the headline tables again from committed features.

    The time that it took is in RUNS/results/paper-tables.json.
    """
    from training.reports.measurement import measuring

    with measuring("paper-tables", runs / "results") as values:
        values["quick"] = quick
        measure_rankers(features, runs, quick)
        measure_networks(features, runs, quick)
        values["processor_seconds"] = time.process_time()
    for path in write_tables(runs, SOURCES):
        typer.echo(f"{path}\n\n{path.read_text(encoding='utf-8')}")


def measure_networks(features: Path, runs: Path, quick: bool) -> None:
    """Train and compare the networks; writes `tuned.json` to RUNS/results.

    Args:
        features: Folder of the feature set, with its users.
        runs: Folder of trained aggregators and results.
        quick: Whether one model is trained for few epochs.
    """
    from photo_interests.photos.processes import usable_cores
    from training.experiments.aggregator_family.tuned_comparison import (
        SUPERVISION,
        compare_tuned,
        train_in_processes,
    )
    from training.reports.measurement import measuring
    from training.steps import data_files, load_data

    feature_set, sets = load_data(features)
    names = QUICK_MODELS if quick else tuple(SUPERVISION)
    inputs = data_files(features)
    train_in_processes(
        names[::-1], features, runs / "aggregators", usable_cores(), quick
    )
    with measuring("tuned", runs / "results") as values:
        values |= compare_tuned(
            names, feature_set, sets, runs / "aggregators", inputs, quick
        )


def measure_rankers(features: Path, runs: Path, quick: bool) -> None:
    """Train and compare the recommenders; writes `rankers.json` to RUNS/results.

    Args:
        features: Folder of the feature set.
        runs: Folder of trained recommenders and results.
        quick: Whether only those are compared that are not trained by gradient.
    """
    from training.configs import config_named
    from training.experiments.recommenders.compare import compare
    from training.experiments.recommenders.experiment import run_comparison
    from training.experiments.recommenders.layouts.simulated import simulate_shop
    from training.features.feature_set import FeatureSet
    from training.reports.measurement import measuring
    from training.simulation.config import get_config

    config = config_named("rankers_two_cores", "rankers")
    feature_set = FeatureSet.load(features)
    with measuring("rankers", runs / "results") as values:
        if not quick:
            values |= run_comparison(config, feature_set, runs, pictures=False)
            return
        shop = replace(config.shop, warm=200, few=100, new=200)
        data = simulate_shop(feature_set, get_config(), shop).data
        rankers = {name: config.rankers[name] for name in QUICK_RANKERS}
        values["temporal"] = compare(rankers, data, runs / "rankers" / "quick")


def write_tables(runs: Path, sources: Collection[str]) -> list[Path]:
    """Render the declared tables of some measurements in RUNS/results.

    Args:
        runs: Folder with the measurements; gets `tables`.
        sources: Names of the measurements.

    Returns:
        The written Markdown files. A table whose rows were not measured is skipped.
    """
    declared = load_declarations()
    folder = runs / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    measured = {f"results/{name}" for name in sources}
    for declaration in declared.table:
        if declaration.get("source") not in measured:
            continue
        # The committed tables join what several commands measured.
        more = [m for m in declaration.get("more", []) if m["source"] in measured]
        table = {**declaration, "more": more}
        try:
            text = render(table, declared, runs)
        except ValueError as problem:
            logger.warning("%s", problem)
            continue
        path = folder / f"{table['name']}.md"
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    run(app)
