"""`python -m training.experiments.mil_ablation`: parts of photo evidence."""

from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import FEATURES, RUNS, Features, Runs

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def ablation(
    pooling: Annotated[
        bool,
        typer.Option("--pooling", help="The pooling rules alone, as mil-pooling."),
    ] = False,
    features: Features = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Change one thing of photo evidence at a time: pooling, context, background.

    Classifiers learn from training photos, scalars from validation users; each variant
    is measured on those and once on the test. Takes minutes.
    """
    from training.configs import config_named
    from training.experiments.mil_ablation.study import study_evidence
    from training.experiments.mil_ablation.variants import POOLING, VARIANTS
    from training.reports.measurement import measuring
    from training.steps import load_data

    config = config_named("photo_evidence", "aggregator", quick=True)
    name = "mil-pooling" if pooling else "evidence-study"
    variants = POOLING if pooling else VARIANTS
    with measuring(name, runs / "results") as values:
        values["variants"] = study_evidence(variants, config, *load_data(features))


if __name__ == "__main__":
    run(app)
