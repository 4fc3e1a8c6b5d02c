"""`python -m training.experiments.figures`: draws the figures of the result pages.

Each figure comes from a committed measurement; the same measurement gives the same
bytes.
"""

import json
from pathlib import Path
from typing import Annotated

import typer

from training.commands.command_line import run
from training.experiments.aggregator_family.attention_figure import draw_attention
from training.experiments.aggregator_family.family_figure import draw_family
from training.experiments.aggregator_family.reliability_figure import draw_reliability
from training.experiments.everyday_galleries.galleries_figure import draw_galleries
from training.experiments.everyday_galleries.limits_figure import draw_limits
from training.experiments.fast_extractors.fast_figure import draw_fast_extractors
from training.experiments.movielens.movielens_figure import draw_movielens
from training.experiments.overview_figure import draw_overview
from training.experiments.robustness.robustness_figure import draw_robustness
from training.reports.curves import draw_curves
from training.reports.measurement import Measurement

EVERYDAY = Path(__file__).with_name("everyday_galleries")

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def figures(
    source: Annotated[Path, typer.Option("--from", help="Folder of measurements.")] = (
        Path("docs/results")
    ),
    out: Annotated[Path, typer.Option(help="Folder of the figures.")] = Path(
        "docs/figures"
    ),
) -> None:
    """Draw every figure of the result pages from the measurements."""

    def values(name: str) -> dict:
        return Measurement.load(source / f"{name}.json").values

    def everyday(name: str) -> dict:
        text = (EVERYDAY / f"{name}.json").read_text(encoding="utf-8")
        return dict(json.loads(text))

    draw_galleries(everyday("results"), out / "everyday-galleries.svg")
    tried = everyday("limits"), everyday("augmentation"), everyday("variants")
    draw_limits(*tried, out / "limits.svg")
    compared = values("aggregators")
    draw_overview(compared, out / "overview.svg")
    scenarios = next(iter(compared["aggregators"].values()))["scenarios"]
    for scenario, measured in scenarios.items():
        if measured["curves"]:
            draw_curves(compared, scenario, out / f"{scenario}.svg")
    draw_robustness(values("robustness"), out / "robustness.svg")
    draw_family(values("sweep")["runs"], out / "family.svg")
    draw_attention(values("attention-study")["variants"], out / "attention-study.svg")
    draw_fast_extractors(values("fast-extractor"), out / "fast-extractor.svg")
    draw_movielens(values("movielens"), out / "movielens.svg")
    name, by_scenario = next(iter(values("reliability").items()))
    draw_reliability(by_scenario, name, out / "reliability.svg")


if __name__ == "__main__":
    run(app)
