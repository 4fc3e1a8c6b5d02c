"""Installs one analyzer: files of its lock entries to a folder with a card."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from export.third_party.fetch import fetch
from export.third_party.lock import LockedFile, locked_files
from photo_interests.files import replacing

Build = Callable[[dict[str, Path], tuple[LockedFile, ...], Path], None]
BUILDERS = {
    "place": "export.third_party.places",
    "objects": "export.third_party.objects",
    "faces": "export.third_party.faces",
    "text": "export.third_party.text",
    "birds": "export.third_party.birds",
    "insects": "export.third_party.insects",
    "identity": "export.third_party.identity",
    "words": "export.third_party.words",
}
"""Module with the function `build` of each analyzer; imported when it is needed."""
ON_REQUEST = ("birds", "insects", "identity")
"""Analyzers that are installed only where they are named."""


def install(
    name: str,
    analyzers: Path,
    source: Path | None = None,
    downloads: Path | None = None,
) -> Path:
    """Make an analyzer from the files it is locked to.

    Args:
        name: Name of the analyzer.
        analyzers: Folder of analyzers.
        source: Folder that is searched for the files first.
        downloads: Folder that keeps what was downloaded; beside `analyzers` if None.

    Returns:
        The analyzer's folder, which is whole or as it was.

    Raises:
        ValueError: There is no such analyzer, or a file differs from the lock.
        OSError: A file cannot be had.
    """
    locked = locked_files(name)
    kept = downloads or analyzers.parent / "third_party"
    files = {file.name: fetch(file, kept, source) for file in locked}
    build: Build = import_module(BUILDERS[name]).build
    with replacing(analyzers / name) as folder:
        build(files, locked, folder)
    return analyzers / name
