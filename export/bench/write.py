"""Writes the pages and figures of the bench from its measurements."""

from pathlib import Path

from export.bench.figures import AGGREGATORS, GROWTH, draw_aggregators, draw_growth
from export.bench.page import benchmarks_markdown
from export.bench.parts import PARTS
from export.bench.scale import scale_markdown
from photo_interests.files import write_atomically
from training.reports.measurement import load_measurements


def write_pages(measured: Path, docs: Path) -> None:
    """Write BENCHMARKS.md, SCALE.md and their figures; the same numbers, same bytes.

    Args:
        measured: Folder with the measurement of every part.
        docs: To write to.

    Raises:
        ValueError: A part was not measured.
    """
    measurements = load_measurements(measured)
    if missing := sorted(set(PARTS) - set(measurements)):
        raise ValueError(f"{measured}: expected all parts, received none of {missing}")
    values = {name: one.values for name, one in measurements.items()}
    draw_aggregators(values["aggregators"], docs / "figures" / AGGREGATORS)
    draw_growth(values, docs / "figures" / GROWTH)
    write_atomically(docs / "BENCHMARKS.md", benchmarks_markdown(measurements))
    write_atomically(docs / "SCALE.md", scale_markdown(values))
