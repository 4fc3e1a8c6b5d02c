"""A section of docs/RESULTS.md, made from one measurement."""

from collections.abc import Callable
from dataclasses import dataclass

from training.reports.measurement import Measurement


@dataclass(frozen=True)
class Section:
    """A part of the results that one measurement makes.

    Attributes:
        heading: Of the section.
        measurement: Name of the measurement.
        render: Gives the section's Markdown from it.
    """

    heading: str
    measurement: str
    render: Callable[[Measurement], str]
