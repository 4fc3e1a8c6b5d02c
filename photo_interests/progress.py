"""Progress bars with the time left, on stderr."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from photo_interests.photos.photo_error import PhotoError


class Advance(Protocol):
    """Moves a bar forward."""

    def __call__(self, steps: int = 1, note: str | None = None) -> None:
        """Count steps as done, and show a note beside them if there is one."""


OnPhoto = Callable[[PhotoError | None], None]
"""Called after each photo with None, or with its error if it was skipped."""
PhotoProgress = Callable[[int], AbstractContextManager[OnPhoto]]
"""Takes the number of photos; gives what is called after each of them."""


@contextmanager
def progress_bar(description: str, total: int | None) -> Iterator[Advance]:
    """Show how much work is done; nothing where stderr is no terminal.

    Args:
        description: What is done, such as "Reading photos".
        total: Number of steps; None where that is unknown.

    Yields:
        To be called after steps are done.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda steps=1, note=None: None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    with progress:
        task = progress.add_task(description, total=total, note="")

        def advance(steps: int = 1, note: str | None = None) -> None:
            progress.advance(task, steps)
            if note is not None:
                progress.update(task, note=note)

        yield advance


@contextmanager
def show_progress(photos: int) -> Iterator[OnPhoto]:
    """Show how many photos have been read; nothing where stderr is no terminal.

    Args:
        photos: Number of photos.
    """
    with progress_bar("Reading photos", photos) as advance_bar:
        skipped = 0

        def advance(error: PhotoError | None) -> None:
            nonlocal skipped
            skipped += error is not None
            advance_bar(note=f"{skipped} skipped" if skipped else None)

        yield advance


@contextmanager
def no_progress(photos: int) -> Iterator[OnPhoto]:
    """Show nothing."""
    yield lambda error: None
