"""`python -m training.experiments.movielens`: rankers on real ratings with pictures."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import RUNS, Runs
from training.workspace import DATA

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def movielens(
    ratings: Annotated[
        Path, typer.Option(help="Table of user, item, rating and timestamp.")
    ] = DATA / "ml100k" / "ratings.tsv",
    pictures: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder of ITEM.jpg.")
    ] = DATA / "ml100k" / "posters",
    bundle: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Bundle that reads the pictures.")
    ] = Path("models/everyday-178"),
    only: Annotated[
        list[str] | None, typer.Option(help="Protocols to measure; all by default.")
    ] = None,
    seeds: Annotated[
        list[int] | None, typer.Option("--seed", help="Seeds; 1 to 3 by default.")
    ] = None,
    trained_pictures: Annotated[
        bool, typer.Option("--pixels/--no-pixels", help="Whether to train DVBPR.")
    ] = True,
    dvbpr: Annotated[
        bool,
        typer.Option(
            "--dvbpr",
            help="DVBPR beside popularity, BPR-MF and VBPR alone, one seed, by "
            "leave-one-out and on new items; written as movielens-dvbpr.",
        ),
    ] = False,
    published: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="EPOCHS",
            help="DVBPR with CNN-F and AlexNet for so many epochs beside popularity, "
            "BPR-MF and VBPR, one seed, by leave-one-out; written as "
            "movielens-dvbpr-published.",
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="One seed, few epochs and no DVBPR.")
    ] = False,
    runs: Runs = RUNS,
) -> None:
    """Compare recommenders on real ratings of items with pictures.

    Warm users (leave-one-out and by time), cold users and new items; settings are
    chosen on validation.
    """
    from training.experiments.movielens.rated_pictures import read_rated_pictures
    from training.experiments.movielens.settings import (
        BESIDE_COSTLY,
        DVBPR,
        PICTURE_SIZE,
        SEEDS,
        Effort,
        choices,
        published_choices,
    )
    from training.experiments.movielens.study import (
        OF_COSTLY,
        PROTOCOLS,
        run_study,
    )
    from training.experiments.recommenders.published_networks import SIZE
    from training.reports.measurement import measuring

    if unknown := set(only or ()) - set(PROTOCOLS):
        raise ValueError(
            f"only: expected some of {PROTOCOLS}, received {sorted(unknown)}"
        )
    effort = Effort(5, (0.03,), (0.01,)) if quick else Effort()
    if quick or not trained_pictures:
        effort = replace(effort, pictures_epochs=0)
    if dvbpr and not effort.pictures_epochs:
        raise ValueError("--dvbpr: expected neither --quick nor --no-pixels beside it")
    rated = read_rated_pictures(ratings, pictures)
    every = choices(bundle, effort)
    size = PICTURE_SIZE if effort.pictures_epochs else None
    name, protocols = "movielens", PROTOCOLS
    beside = {one: every[one] for one in BESIDE_COSTLY}
    if published:
        every = beside | published_choices(published)
        name, protocols, size = "movielens-dvbpr-published", OF_COSTLY[:1], SIZE
    elif dvbpr:
        every = {**beside, DVBPR: every[DVBPR]}
        name, protocols = "movielens-dvbpr", OF_COSTLY
    one_seed = quick or dvbpr or published
    with measuring(name, runs / "results") as values:
        values |= run_study(
            rated,
            bundle,
            every,
            seeds or (SEEDS[:1] if one_seed else SEEDS),
            size,
            runs / "movielens",
            only or protocols,
        )


if __name__ == "__main__":
    run(app)
