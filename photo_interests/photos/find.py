"""Finds the photo files in folders, and accounts for everything else in them."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from photo_interests.photos.photo_error import PhotoError

HIDDEN = "hidden"
SYSTEM = "system, trash or thumbnail"
LINKED_FOLDER = "linked folder"
SAME_FILE = "same file again"

# Folders of storage devices and systems: thumbnails, snapshots, deleted files.
SYSTEM_NAMES = frozenset(
    {
        "@eadir",
        "@recycle",
        "@recently-snapshot",
        "@tmp",
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "recycler",
        "system volume information",
        "lost+found",
        "lost.dir",
        "thumbs.db",
        "desktop.ini",
    }
)
# Libraries keep the originals beside smaller copies, which would count twice.
LIBRARY_SUFFIXES = (".photoslibrary", ".photolibrary", ".aplibrary")
LIBRARY_COPIES = frozenset(
    {
        "resources",
        "database",
        "internal",
        "private",
        "external",
        "previews",
        "thumbnails",
        "caches",
    }
)
PREVIEWS_SUFFIX = ".lrdata"


@dataclass(frozen=True)
class FoundFiles:
    """All that was found: every entry is in exactly one of these.

    Attributes:
        files: Files to read, each once, in the order of the given paths.
        skipped: Folders and files that cannot be read, each with the reason.
        excluded: Number of entries that are not to be read, by kind. A folder counts
            as one; what is in it is not looked at.
    """

    files: tuple[Path, ...]
    skipped: tuple[PhotoError, ...] = ()
    excluded: Mapping[str, int] = field(default_factory=dict)


def find_photos(
    paths: Iterable[Path], follow_links: bool = False, include_excluded: bool = False
) -> FoundFiles:
    """List the files to read: files as given, folders searched to any depth.

    Folders are listed in the order of their names, so that every run sees the same
    order. Which files are photos is not known before they are decoded.

    Args:
        paths: Files and folders.
        follow_links: Whether to search linked folders found in a folder, each once.
        include_excluded: Whether to read hidden files and folders, and those of
            storage devices, systems and photo libraries, too.

    Raises:
        FileNotFoundError: A given path does not exist.
    """
    search = _Search(follow_links, include_excluded)
    for path in paths:
        if path.is_dir():
            search.folder(path)
        elif path.exists():
            search.file(path)
        else:
            raise FileNotFoundError(f"no such file or folder: {path}")
    return FoundFiles(tuple(search.files), tuple(search.skipped), dict(search.excluded))


class _Search:
    def __init__(self, follow_links: bool, include_excluded: bool) -> None:
        self._follow_links = follow_links
        self._include_excluded = include_excluded
        self._seen: set[tuple[int, int]] = set()
        self.files: list[Path] = []
        self.skipped: list[PhotoError] = []
        self.excluded: Counter[str] = Counter()

    def file(self, path: Path) -> None:
        """Take a file that is no copy of one that was taken."""
        try:
            status = path.stat()
        except OSError as error:
            self.skipped.append(PhotoError.unopened(path, error))
            return
        if self._is_new(status):
            self.files.append(path)
        else:
            self.excluded[SAME_FILE] += 1

    def folder(self, top: Path) -> None:
        """Search a folder; a stack, since folders can be nested ever so deep."""
        stack = [top]
        while stack:
            folder = stack.pop()
            try:
                if not self._is_new(folder.stat()):
                    self.excluded[SAME_FILE] += folder != top
                    continue
                with os.scandir(folder) as entries:
                    found = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                self.skipped.append(PhotoError.unopened(folder, error))
                continue
            inside = [path for entry in found if (path := self._entry(folder, entry))]
            stack += reversed(inside)

    def _entry(self, folder: Path, entry: os.DirEntry[str]) -> Path | None:
        """Account for an entry; returns it if it is a folder to search."""
        path = folder / entry.name
        kind = self._excluded_kind(folder, entry.name)
        if kind is not None:
            self.excluded[kind] += 1
            return None
        try:
            is_folder = entry.is_dir()
        except OSError as error:
            self.skipped.append(PhotoError.unopened(path, error))
            return None
        if not is_folder:
            self.file(path)
            return None
        if entry.is_symlink() and not self._follow_links:
            self.excluded[LINKED_FOLDER] += 1
            return None
        return path

    def _excluded_kind(self, folder: Path, name: str) -> str | None:
        if self._include_excluded:
            return None
        lower = name.lower()
        if lower.startswith("."):
            return HIDDEN
        in_library = folder.name.lower().endswith(LIBRARY_SUFFIXES)
        if (
            lower in SYSTEM_NAMES
            or lower.endswith(PREVIEWS_SUFFIX)
            or (in_library and lower in LIBRARY_COPIES)
        ):
            return SYSTEM
        return None

    def _is_new(self, status: os.stat_result) -> bool:
        key = (status.st_dev, status.st_ino)
        if not status.st_ino:  # a file system without such numbers
            return True
        if key in self._seen:
            return False
        self._seen.add(key)
        return True
