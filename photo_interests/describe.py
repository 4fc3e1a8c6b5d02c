"""From photo files to what is on each of them, and the trips that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from photo_interests.analysis.card import AnalyzerCard
from photo_interests.analysis.description.sentence import describe_photo
from photo_interests.analysis.identity.face_aligner import NAME as IDENTITY
from photo_interests.analysis.identity.groups import group_people
from photo_interests.analysis.photo_analyzer import AnalyzedPhoto, PhotoAnalyzer
from photo_interests.analysis.place.trips import Trip, find_trips
from photo_interests.analysis.rows import PhotoRow
from photo_interests.analysis.text.text_interests import (
    InterestWords,
    TextInterest,
    find_text_interests,
)
from photo_interests.bundle.card import Card, CardFormat2
from photo_interests.bundle.interest_sections import Kind, is_kind_listed
from photo_interests.photos.find import FoundFiles
from photo_interests.photos.photo_error import PhotoError
from photo_interests.predict import NoPhotosError
from photo_interests.progress import OnPhoto
from photo_interests.search.open_search import open_search
from photo_interests.search.search import Found, PhotoSearch


@dataclass(frozen=True)
class Descriptions:
    """What was found on photos.

    Attributes:
        rows: A row for each photo that was read, and for each frame that was read of
            a video, in the order of the files.
        thumbnails: A WebP file of each; empty where none was requested.
        trips: Trips, earliest first.
        text_interests: Interests that the text of photos names, those on most photos
            first.
        skipped: Files that could not be read, each with the reason.
        excluded: Number of entries of folders that were not to be read, by kind.
        bundle: Card of the bundle.
        cards: Cards of the analyzers that ran, by name: the labels of the rows.
        installed: Folder of analyzers they were found in; None for the user's cache.
    """

    rows: tuple[PhotoRow, ...]
    thumbnails: tuple[bytes, ...]
    trips: tuple[Trip, ...]
    text_interests: tuple[TextInterest, ...]
    skipped: tuple[PhotoError, ...]
    excluded: Mapping[str, int]
    bundle: Card
    cards: Mapping[str, AnalyzerCard]
    installed: Path | None = None

    @property
    def photos(self) -> int:
        """Number of photos that were read."""
        return sum(row.second is None for row in self.rows)

    @property
    def videos(self) -> int:
        """Number of videos that were read; each has a row for each frame."""
        return len({row.path for row in self.rows if row.second is not None})

    def sentence(self, row: PhotoRow, language: str = "en") -> str:
        """Compose one sentence about a photo.

        Args:
            row: One of `rows`.
            language: `en` or `de`.
        """
        return describe_photo(row, self.cards, language)

    def kinds(self, row: PhotoRow) -> list[tuple[Kind, float]]:
        """Return the kinds that a photo surely shows: breeds, dishes, things.

        Args:
            row: One of `rows`.

        Returns:
            Kinds of the bundle, each with its probability, most probable first; none of
            a sensitive interest, and none where the bundle's classifier did not run.
        """
        if row.content is None or not isinstance(self.bundle, CardFormat2):
            return []
        interests = {one.id: one for one in self.bundle.interests}
        sure = [
            (kind, row.content.kinds[kind.id])
            for kind in self.bundle.kinds
            if row.content.kinds.get(kind.id, 0.0) >= self.bundle.thresholds.photo
            and is_kind_listed(kind, interests, sensitive=False)
        ]
        return sorted(sure, key=lambda one: -one[1])

    def search(self, query: str, *, top: int = 20) -> list[Found]:
        """Rank the photos by how well they fit some words; a video by its best frame.

        Names of everything that was found count, in English and German, and words on
        photos and of places. Where the vectors of words are installed, English words
        that name nothing find what is near in meaning.

        Args:
            query: Words.
            top: Maximum number of photos.

        Returns:
            The index of each row that fits, with the reason, best first.

        Raises:
            ValueError: The query has no word.
        """
        return self._search.find(query, self.rows, self.cards, top)

    @cached_property
    def _search(self) -> PhotoSearch:
        return open_search(self.bundle, self.cards, self.installed)


def describe_found(
    found: FoundFiles,
    analyzer: PhotoAnalyzer,
    on_photo: OnPhoto | None,
    thumbnail: int | None = None,
) -> Descriptions:
    """Find what is on the photos of folders.

    Args:
        found: Files to read; what is skipped or excluded of it is in the result.
        analyzer: What runs on each photo.
        on_photo: Called after each file with None, or with the error of one that is
            skipped.
        thumbnail: Longest side of thumbnails in pixels; None for none.

    Raises:
        NoPhotosError: No file could be read.
        CardError: A model differs from what its card describes.
    """
    read: dict[int, tuple[AnalyzedPhoto, ...]] = {}
    errors: dict[int, PhotoError] = {}
    for index, outcome in analyzer.read(found.files, thumbnail):
        if isinstance(outcome, PhotoError):
            errors[index] = outcome
        else:
            read[index] = outcome
        if on_photo is not None:
            on_photo(errors.get(index))
    skipped = (*found.skipped, *(errors[index] for index in sorted(errors)))
    if not read:
        number = len(found.files)
        raise NoPhotosError(f"no photos: none of {number} files could be read", skipped)
    photos = [photo for index in sorted(read) for photo in read[index]]
    rows = tuple(photo.row for photo in photos)
    if IDENTITY in analyzer.analyzers.cards:
        rows = group_people(rows, analyzer.analyzers.cards[IDENTITY].thresholds)
    return Descriptions(
        rows,
        tuple(photo.thumbnail for photo in photos),
        tuple(find_trips([read[index][0].row for index in sorted(read)])),
        tuple(find_text_interests(rows, InterestWords(analyzer.card))),
        skipped,
        found.excluded,
        analyzer.card,
        analyzer.analyzers.cards,
        analyzer.analyzers.installed,
    )


def analyzer_names(text: str | None) -> list[str] | None:
    """Split the names of analyzers that a user gives.

    Args:
        text: Names with commas between them; None for all that are installed.
    """
    return None if text is None else [name.strip() for name in text.split(",")]
