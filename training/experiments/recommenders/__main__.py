"""`python -m training.experiments.recommenders`: rankers of products, compared."""

from typing import Annotated

import typer
from rich.console import Console

from training.commands.command_line import run
from training.commands.options import FEATURES, RUNS, Features, Runs

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def rankers(
    config: Annotated[str, typer.Option(help="A file of training/configs.")] = (
        "rankers_two_cores"
    ),
    pictures: Annotated[
        bool, typer.Option(help="Whether to train those that see pixels (DVBPR).")
    ] = True,
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Train and compare rankers of products in a simulated shop.

    Popularity, BPR-MF, factorisation machines, VBPR, DVBPR, nearest neighbours and our
    profile, for users of many interactions, of few and of none. A ranker that is
    trained already is not trained again. DVBPR reads RUNS/pixels.npy.
    """
    from training.configs import config_named
    from training.experiments.recommenders.experiment import run_comparison
    from training.experiments.recommenders.ranker_tables import main_tables
    from training.features.feature_set import FeatureSet
    from training.reports.measurement import measuring

    chosen = config_named(config, "rankers")
    feature_set = FeatureSet.load(features)
    with measuring("rankers", runs / "results") as values:
        values.update(run_comparison(chosen, feature_set, runs, pictures))
    console = Console(width=max(Console().width, 150))
    for table in main_tables(values["temporal"]):
        console.print(table.rich())


if __name__ == "__main__":
    run(app)
