"""Progress of long loops: a bar on a terminal, else a line now and then in the log."""

import logging
import time
from collections.abc import Iterable, Iterator, Sized
from datetime import timedelta
from typing import TypeVar

from rich.console import Console

from photo_interests.progress import progress_bar

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_LINES = 30.0
Item = TypeVar("Item")


def tracked(
    items: Iterable[Item], description: str, total: int | None = None
) -> Iterator[Item]:
    """Go through items and show how far it is and how long it still takes.

    Args:
        items: What to go through.
        description: What is done to them, such as "Packing pixels".
        total: Number of items; their length if None, where they have one.

    Yields:
        The items.
    """
    if total is None and isinstance(items, Sized):
        total = len(items)
    lines = ProgressLines(description, total)
    with progress_bar(description, total) as advance:
        for item in items:
            yield item
            advance()
            lines.advance()


class ProgressLines:
    """Logs how far a work is, where no terminal shows a bar.

    Args:
        description: What is done.
        total: Steps there are; None where that is not known.
    """

    def __init__(self, description: str, total: int | None) -> None:
        self._description, self._total = description, total
        self._enabled = not Console(stderr=True).is_terminal
        self._started = self._last = time.monotonic()
        self._done = 0

    def advance(self, note: str = "") -> None:
        """Count a step; a line is written when the last one is some time ago."""
        self._done += 1
        now = time.monotonic()
        is_due = now - self._last >= SECONDS_BETWEEN_LINES
        if not self._enabled or not (is_due or self._done == self._total):
            return
        self._last = now
        of_total = "" if self._total is None else f" of {self._total}"
        logger.info(
            "%s: %d%s%s%s", self._description, self._done, of_total,
            self._time_left(now), f", {note}" if note else "",
        )  # fmt: skip

    def _time_left(self, now: float) -> str:
        if self._total is None or self._done >= self._total:
            return ""
        seconds = (now - self._started) / self._done * (self._total - self._done)
        return f", about {timedelta(seconds=round(seconds))} left"
