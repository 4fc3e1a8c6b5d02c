"""Reads photos for faces, and stores them photo by photo."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from photo_interests.analysis.identity.people_index import PeopleIndex
from photo_interests.analysis.photo_analyzer import PhotoAnalyzer
from photo_interests.analysis.rows import EmbeddedFace
from photo_interests.photos.photo_error import PhotoError
from photo_interests.progress import OnPhoto

PHOTOS_AT_ONCE = 200
"""Photos whose faces are stored in one transaction: what a kill can cost."""
OpenIndex = Callable[[], AbstractContextManager[PeopleIndex]]


def scan_people(
    photos: Sequence[Path],
    folders: Sequence[Path],
    analyzer: PhotoAnalyzer,
    open_index: OpenIndex,
    on_photo: OnPhoto | None = None,
) -> list[PhotoError]:
    """Find faces on new and changed photos, and put them into groups.

    Args:
        photos: Files; those that were read as they are now are not read again.
        folders: Where they were found; faces of photos that are gone from there are
            deleted, unless no photo is left there, as on a disk that is away.
        analyzer: Runs the analyzer of identities.
        open_index: Opens the stored groups for one change.
        on_photo: Called after each file with None, or with the error of one that is
            skipped.

    Returns:
        Why files were skipped.

    Raises:
        CardError: A model differs from what its card describes.
    """
    signatures = {path.absolute(): _signature(path) for path in photos}
    with open_index() as index:
        if photos:
            index.drop_missing([folder.absolute() for folder in folders])
        unread = index.unread(signatures)
    for _ in range(len(photos) - len(unread)):
        if on_photo is not None:
            on_photo(None)
    skipped = []
    for start in range(0, len(unread), PHOTOS_AT_ONCE):
        part = unread[start : start + PHOTOS_AT_ONCE]
        read: dict[int, list[EmbeddedFace]] = {}
        for index_in_part, outcome in analyzer.read(part):
            if isinstance(outcome, PhotoError):
                skipped.append(outcome)
            else:
                read[index_in_part] = [
                    face for one in outcome for face in one.row.identity or ()
                ]
            if on_photo is not None:
                on_photo(outcome if isinstance(outcome, PhotoError) else None)
        with open_index() as index:
            for place in sorted(read):  # groups do not depend on which worker is first
                index.add(part[place], signatures[part[place]], read[place])
    with open_index() as index:
        index.regroup()
    return skipped


def _signature(path: Path) -> str:
    status = path.stat()
    return f"{status.st_size}-{status.st_mtime_ns}"
