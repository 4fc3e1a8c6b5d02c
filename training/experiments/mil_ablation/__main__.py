"""`python -m training.experiments.mil_ablation`: parts of photo evidence."""

import typer

from training.commands.command_line import run
from training.commands.options import FEATURES, RUNS, Features, Runs

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def ablation(features: Features = FEATURES, runs: Runs = RUNS) -> None:
    """Change one thing of photo evidence at a time: pooling, context, background.

    Classifiers learn from training photos, scalars from validation users; each variant
    is measured on those and once on the test. Takes minutes.
    """
    from training.configs import config_named
    from training.experiments.mil_ablation.study import study_evidence
    from training.experiments.mil_ablation.variants import VARIANTS
    from training.reports.measurement import measuring
    from training.steps import load_data

    config = config_named("photo_evidence", "aggregator", quick=True)
    with measuring("evidence-study", runs / "results") as values:
        values["variants"] = study_evidence(VARIANTS, config, *load_data(features))


if __name__ == "__main__":
    run(app)
