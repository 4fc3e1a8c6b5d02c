"""The parts of the bench; each runs in a process of its own."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from export.bench.settings import Settings

PARTS = {
    "machine": "measure_machine",
    "extractors": "measure_extractors",
    "aggregators": "measure_aggregators",
    "reading": "measure_reading",
    "starting": "measure_starting",
    "learning": "measure_learning",
    "amazon": "measure_amazon",
}
"""By name, which is that of the module and of the measurement: its function."""


def part(name: str) -> Callable[[Settings], dict[str, Any]]:
    """Import a part.

    Raises:
        ValueError: There is none of that name.
    """
    if name not in PARTS:
        raise ValueError(f"part: expected one of {sorted(PARTS)}, received {name!r}")
    return getattr(import_module(f"export.bench.{name}"), PARTS[name])
