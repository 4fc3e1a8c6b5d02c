"""`python -m training.experiments.robustness`: where the usual test does not look."""

from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import (
    AGGREGATORS,
    FEATURES,
    RUNS,
    Extractor,
    Features,
    Runs,
)

SET_LABELS = "set_labels_photo_evidence"
app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def robustness(
    set_labels: Annotated[
        bool,
        typer.Option(
            "--set-labels",
            help="Photo evidence from set labels alone, as robustness-set-labels.",
        ),
    ] = False,
    features: Features = FEATURES,
    runs: Runs = RUNS,
    extractor: Extractor = RUNS / "extractors" / "backbone_two_cores",
    threads: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Measure many photos, background, unknown classes and altered photos."""
    from photo_interests.models.extractor import Extractor as Reader
    from training.experiments.robustness.robustness import robustness as measure
    from training.photos.pixels import load_pixels
    from training.reports.measurement import measuring
    from training.steps import load_data, load_models
    from training.workspace import Workspace

    feature_set, sets = load_data(features)
    names = [SET_LABELS] if set_labels else AGGREGATORS
    measured = "robustness-set-labels" if set_labels else "robustness"
    with measuring(measured, runs / "results") as values:
        models = load_models(runs / "aggregators", names)
        pixels = load_pixels(Workspace(runs).pixels)
        reader = Reader(extractor / "extractor.tflite", threads)
        values.update(measure(models, feature_set, sets, pixels, reader))


if __name__ == "__main__":
    run(app)
