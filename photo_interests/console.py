"""How commands report: exit codes, errors in one style, the files skipped."""

import io
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING

import typer

from photo_interests import interrupts

if TYPE_CHECKING:
    from photo_interests.photos.photo_error import PhotoError


DEBUG = "PHOTO_INTERESTS_DEBUG"
"""Environment variable that lets unexpected errors end in a traceback."""


class ExitCode(IntEnum):
    """Exit codes of every command."""

    OK = 0
    SOME_SKIPPED = 1
    ERROR = 2
    INTERRUPTED = 130


def run(app: typer.Typer) -> None:
    """Run a command line and exit; all errors are reported in one style.

    Args:
        app: Its commands. Their help is Markdown, in which lines of a paragraph flow.
    """
    app.rich_markup_mode = "markdown"
    interrupts.listen()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal of another encoding shows what it can.
            stream.reconfigure(errors="replace")
    try:
        with reporting_errors():
            check_working_directory()
            code = app(standalone_mode=False)
            sys.stdout.flush()
    except BrokenPipeError:  # such as `| head`, which has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.ERROR
    except typer.TyperException as error:  # wrong options
        if message := error.format_message():  # empty where the help was shown
            _report(message)
        code = ExitCode.ERROR
    except typer.Exit as end:
        code = end.exit_code
    if code == ExitCode.INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is ending already
        typer.echo("Stopped.", err=True)
    sys.exit(code or ExitCode.OK)


def check_working_directory() -> None:
    """Check that relative paths have a meaning, and processes a place to start in.

    Raises:
        FileNotFoundError: The folder this process runs in was deleted.
    """
    try:
        os.getcwd()
    except OSError as error:
        raise FileNotFoundError("the working directory no longer exists") from error


@contextmanager
def reporting_errors() -> Iterator[None]:
    """Turn what a user can cause into one sentence and an exit code.

    Raises:
        typer.Exit: with `ExitCode.ERROR` after an error, with `INTERRUPTED` after
            Ctrl-C.
    """
    try:
        yield
    except (BrokenPipeError, typer.TyperException, typer.Exit, typer.Abort):
        raise
    except Exception as error:
        if interrupts.received():
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        _report_error(error)
        raise typer.Exit(ExitCode.ERROR) from error
    except KeyboardInterrupt:
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def require_packages(command: str, extra: str, *packages: str) -> None:
    """Check that packages which only one command uses are installed.

    Args:
        command: Name of the command.
        extra: Optional dependencies that contain the packages.
        packages: Names of the importable packages.

    Raises:
        ValueError: Names those that are missing.
    """
    if missing := [package for package in packages if not find_spec(package)]:
        raise ValueError(
            f"{command} needs {', '.join(missing)}: run `pip install '.[{extra}]'` in "
            "a checkout"
        )


def name_skipped(skipped: Sequence["PhotoError"]) -> None:
    """Print the name of each file that was skipped, and the reason."""
    from photo_interests.reports.formatting import shown_path

    for error in skipped:
        typer.echo(shown_path(f"skipped {error}"), err=True)


def report_accounting(
    read: int,
    skipped: Sequence["PhotoError"],
    excluded: Mapping[str, int],
    skipped_before: bool = False,
) -> None:
    """Name the skipped files, and account for all that was found.

    Args:
        read: Number of files that were read.
        skipped: Files that were not.
        excluded: Number of entries of folders that were not to be read, by kind.
        skipped_before: Whether others were skipped, and named, earlier.

    Raises:
        typer.Exit: With `ExitCode.SOME_SKIPPED`, where some were skipped.
    """
    from photo_interests.reports.formatting import shown_excluded

    name_skipped(skipped)
    words = shown_excluded(excluded)
    if skipped or words:
        line = f"{read} files read, {len(skipped)} skipped"
        typer.echo(f"{line}, {words}" if words else line, err=True)
    if skipped or skipped_before:
        raise typer.Exit(ExitCode.SOME_SKIPPED)


def _report_error(error: Exception) -> None:
    if isinstance(error, ValueError | OSError):
        name_skipped(getattr(error, "skipped", ()))
        _report(str(error))
        return
    if os.environ.get(DEBUG):
        raise error
    _report(
        f"unexpected {type(error).__name__}: {error} ({DEBUG}=1 shows where; "
        "please report it)"
    )


def _report(message: str) -> None:
    typer.secho(f"Error: {message}", err=True, fg="red")
