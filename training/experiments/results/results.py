"""docs/RESULTS.md and its figures, from measurements alone."""

import logging
from collections.abc import Mapping
from pathlib import Path

from photo_interests.files import write_atomically
from training.experiments.aggregator_family.attention_figure import draw_attention
from training.experiments.aggregator_family.family_figure import draw_family
from training.experiments.fast_extractors.fast_figure import draw_fast_extractors
from training.experiments.overview_figure import draw_overview
from training.experiments.results.goals import goals_table
from training.experiments.results.sections import SECTIONS
from training.experiments.results.sections.section import Section
from training.experiments.robustness.robustness_figure import draw_robustness
from training.reports.curves import draw_curves
from training.reports.measurement import Measurement, load_measurements
from training.reports.table import Table

logger = logging.getLogger(__name__)
MEASUREMENTS = "results"
FIGURES = "figures"


def write_results(source: Path, docs: Path) -> Path:
    """Write RESULTS.md, its figures, and copies of the measurements, from JSON files.

    The same measurements give the same bytes.

    Args:
        source: Folder of measurements; `docs/results` to build from the committed ones.
        docs: Folder to write to.

    Returns:
        The path of RESULTS.md.

    Raises:
        ValueError: There is no measurement, or one does not have its keys.
    """
    measurements = load_measurements(source)
    copies = docs / MEASUREMENTS
    for measurement in measurements.values():
        measurement.save(copies)
    measurements = load_measurements(copies)
    if "aggregators" in measurements:
        _draw(measurements["aggregators"], docs / FIGURES)
    if "robustness" in measurements:
        values = measurements["robustness"].values
        draw_robustness(values, docs / FIGURES / "robustness.svg")
    if "sweep" in measurements:
        draw_family(measurements["sweep"].values["runs"], docs / FIGURES / "family.svg")
    if "attention-study" in measurements:
        variants = measurements["attention-study"].values["variants"]
        draw_attention(variants, docs / FIGURES / "attention-study.svg")
    if "fast-extractor" in measurements:
        values = measurements["fast-extractor"].values
        draw_fast_extractors(values, docs / FIGURES / "fast-extractor.svg")
    path = docs / "RESULTS.md"
    write_atomically(path, results_markdown(measurements))
    return path


def results_markdown(measurements: Mapping[str, Measurement]) -> str:
    """Make the text of RESULTS.md."""
    parts = [_preface(measurements), "## Goals\n", goals_table(measurements).markdown()]
    parts += [_section(section, measurements) for section in SECTIONS]
    parts += ["## Time and memory\n", _stages(measurements).markdown()]
    return "\n".join(parts)


def _preface(measurements: Mapping[str, Measurement]) -> str:
    cores = sorted({m.cores for m in measurements.values()})
    return f"""# Results

Written by `python -m training results` from the files in [results/](results/), each
made by the command shown beside its numbers; nothing here is typed by hand. Numbers in
parentheses bound the 95 % interval of a percentile bootstrap over users or photos.
Where nothing else is said a network was trained once: intervals hold the chance of who
was measured, not that of another training. Times are of
{" and ".join(map(str, cores))} processor cores without
any accelerator: trust their ratios.
"""


def _section(section: Section, measurements: Mapping[str, Measurement]) -> str:
    if section.measurement not in measurements:
        logger.warning("no measurement %r: section left empty", section.measurement)
        return (
            f"## {section.heading}\n\n**Not measured:** there is no "
            f"`{MEASUREMENTS}/{section.measurement}.json`.\n"
        )
    measurement = measurements[section.measurement]
    return (
        f"## {section.heading}\n\nMade by `{measurement.command}`.\n\n"
        f"{section.render(measurement)}"
    )


def _stages(measurements: Mapping[str, Measurement]) -> Table:
    rows = [
        [
            m.name,
            f"`{m.command}`",
            _duration(m.seconds),
            f"{m.peak_memory_bytes / 2**20:,.0f} MiB",
            f"{m.cores}",
        ]
        for m in measurements.values()
    ]
    columns = ["stage", "command", "time", "peak memory of a process", "cores"]
    return Table("Stages", columns, rows)


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.1f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.1f} h"


def _draw(measurement: Measurement, figures: Path) -> None:
    values = measurement.values
    draw_overview(values, figures / "overview.svg")
    scenarios = next(iter(values["aggregators"].values()))["worlds"]
    for scenario, measured in scenarios.items():
        if measured["curves"]:
            draw_curves(values, scenario, figures / f"{scenario}.svg")
