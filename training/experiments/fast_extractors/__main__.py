"""`python -m training.experiments.fast_extractors`: extractors for slower phones."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import FEATURES, RUNS, Extractor, Features, Runs

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def fast_extractors(
    tried: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SIZE | CONFIG | CONFIG:SIZE]...",
            help="Sizes of photos for the released network without another training, "
            "and runs of `backbone` at their own or another size. By default sizes "
            "192, 160, 128.",
        ),
    ] = None,
    extractor: Extractor = Path("models/everyday-178"),
    features: Features = FEATURES,
    repeats: Annotated[int, typer.Option(min=10, help="Timed runs.")] = 200,
    runs: Runs = RUNS,
) -> None:
    """Try extractors faster than the released one: accuracy, work, latency, size.

    Each is exported to int8 and reads all photos, on whose features a photo classifier
    is fitted; a killed run resumes.
    """
    from photo_interests.bundle.input_rule import INPUT_RULE
    from training.configs import config_named
    from training.experiments.fast_extractors.candidates import candidates
    from training.experiments.fast_extractors.measure import FastExtractors
    from training.photos.pixels import load_pixels
    from training.reports.measurement import measuring
    from training.steps import load_data
    from training.workspace import Workspace

    chosen = candidates(tried or ["192", "160", "128"], runs)
    (released,) = candidates([f"{INPUT_RULE.height}"], runs)
    config = config_named("photo_evidence", "aggregator", quick=True)
    with measuring("fast-extractor", runs / "results") as values:
        extractors = FastExtractors(
            extractor,
            load_data(features)[0],
            load_pixels(Workspace(runs).pixels),
            config,
            runs / "fast",
        )
        values.update(extractors.measure(released, chosen, repeats))
    for name, one in values["accuracy"]["all"]["top1"].items():
        typer.echo(f"{name:24} {one['value']:.4f}")


if __name__ == "__main__":
    run(app)
