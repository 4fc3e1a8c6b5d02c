"""`python -m training.experiments.large_vocabulary`: what distilled categories show."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import FEATURES, RUNS, Features, Runs
from training.workspace import DATA

LARGE_FEATURES = FEATURES.with_name("everyday-1105")
app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def distilled(
    bundle: Annotated[Path, typer.Option(metavar="FOLDER")] = Path(
        "models/everyday-1105"
    ),
    features: Features = LARGE_FEATURES,
    data: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Has the pretrained weights.")
    ] = DATA,
    runs: Runs = RUNS,
) -> None:
    """Measure how many distilled categories are shown that the teacher sees.

    Of test photos, alone and in sets of 10 and 50; and MAP among all outputs. Reads the
    packed pixels (`python -m training photos`, `python -m training pixels`).
    """
    from photo_interests.models.interest_model import InterestModel
    from training.experiments.large_vocabulary.distilled_recall import (
        map_over_all,
        measure_recall,
        teacher_categories,
    )
    from training.photos.pixels import load_pixels
    from training.reports.measurement import measuring
    from training.steps import load_data
    from training.workspace import Workspace, existing

    feature_set, sets = load_data(features)
    pixels = load_pixels(existing(Workspace(runs).pixels, "python -m training pixels"))
    rows = feature_set.rows("test")
    with measuring("distilled", runs / "results") as values:
        model = InterestModel(bundle)
        seen = teacher_categories(pixels[rows], data)
        first = len(feature_set.categories)
        values["recall"] = measure_recall(
            model, feature_set.features[rows], seen, first
        )
        values["map_all_outputs"] = map_over_all(model, feature_set, sets)


if __name__ == "__main__":
    run(app)
