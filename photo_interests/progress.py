"""A bar with the time left, on stderr."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from photo_interests.photos.photo_error import PhotoError


class Advance(Protocol):
    """Moves a bar on."""

    def __call__(self, steps: int = 1, note: str | None = None) -> None:
        """Count steps as done, and show a note beside them if there is one."""


@contextmanager
def progress_bar(description: str, total: int | None) -> Iterator[Advance]:
    """Show how far a work is; nothing where stderr is no terminal.

    Args:
        description: What is done, such as "Reading photos".
        total: Steps there are; None where that is not known.

    Yields:
        To be called after steps are done.
    """
    console = Console(stderr=True)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with progress:
        task = progress.add_task(description, total=total, note="")

        def advance(steps: int = 1, note: str | None = None) -> None:
            progress.advance(task, steps)
            if note is not None:
                progress.update(task, note=note)

        yield advance


class PhotoProgress(Protocol):
    """Moves the bar of a reading on."""

    def __call__(self, error: PhotoError | None) -> None:
        """Count a photo, with its error if it was skipped."""


@contextmanager
def show_progress(photos: int) -> Iterator[PhotoProgress]:
    """Show how far the reading is; nothing where stderr is no terminal.

    Args:
        photos: how many there are.

    Yields:
        To be called after each photo, with its error if it was skipped.
    """
    with progress_bar("Reading photos", photos) as advance_bar:
        skipped = 0

        def advance(error: PhotoError | None) -> None:
            nonlocal skipped
            skipped += error is not None
            advance_bar(note=f"{skipped} skipped" if skipped else None)

        yield advance
