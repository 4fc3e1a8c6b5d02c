"""A bar with the time left, on stderr."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from photo_interests.photos.photo_error import PhotoError


@contextmanager
def show_progress(photos: int) -> Iterator[Callable[[PhotoError | None], None]]:
    """Show how far the reading is; nothing where stderr is no terminal.

    Args:
        photos: how many there are.

    Yields:
        To be called after each photo, with its error if it was skipped.
    """
    console = Console(stderr=True)
    progress = Progress(
        TextColumn("Reading photos"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with progress:
        task = progress.add_task("", total=photos, note="")
        skipped = 0

        def advance(error: PhotoError | None) -> None:
            nonlocal skipped
            skipped += error is not None
            note = f"{skipped} skipped" if skipped else ""
            progress.update(task, advance=1, note=note)

        yield advance
