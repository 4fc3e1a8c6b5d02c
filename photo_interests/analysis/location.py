"""Where the models of the analyzers are: some released, some in the user's cache."""

import os
from pathlib import Path

from photo_interests.bundle.card import CARD_NAME
from photo_interests.bundle.location import FOLDERS

RELEASED = "analyzers"


def cache_folder() -> Path:
    """Return the folder in which `python -m export third-party` leaves analyzers."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "photo-interests" / "analyzers"


def find_analyzer(
    name: str, folder: Path | None = None, bundle: str = ""
) -> Path | None:
    """Return the folder of an analyzer's card and files; None where there is none.

    Args:
        name: Name of the analyzer.
        folder: Folder of analyzers; the user's cache if None. What it lacks is
            searched in the release.
        bundle: Name of the bundle that it is for. What reads features of an extractor
            is released for each, in a folder of that name, and searched there first.
    """
    released = [each / RELEASED for each in FOLDERS]
    own = [each / bundle for each in released] if bundle else []
    for place in (folder or cache_folder(), *own, *released):
        if (place / name / CARD_NAME).is_file():
            return place / name
    return None
