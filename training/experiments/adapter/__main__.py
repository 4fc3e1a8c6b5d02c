"""`python -m training.experiments.adapter`: what `photo-interests adapt` gains."""

import typer

from training.commands.command_line import run
from training.commands.options import FEATURES, RUNS, Features, Runs

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def adapter_study(features: Features = FEATURES, runs: Runs = RUNS) -> None:
    """Try what `photo-interests adapt` gains: held-out users, photos, populations."""
    from training.aggregators.fit import AGGREGATOR
    from training.aggregators.loading import load_aggregator
    from training.aggregators.photo_evidence import PhotoEvidence
    from training.experiments.adapter.study import adapter_study as study
    from training.reports.measurement import measuring
    from training.steps import load_data

    path = runs / "aggregators" / "photo_evidence" / AGGREGATOR
    aggregator = load_aggregator(path)
    if not isinstance(aggregator, PhotoEvidence):
        raise ValueError(f"{path}: expected photo evidence, received {aggregator.name}")
    with measuring("adapter", runs / "results") as values:
        values.update(study(aggregator, *load_data(features)))
    for case, trial in values.items():
        gain = trial["gain"]
        typer.echo(f"{case:20} {gain['value']:+.4f} ({gain['low']:+.4f})")


if __name__ == "__main__":
    run(app)
