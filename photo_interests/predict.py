"""From a person's photo files to their interests."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import Card, CardFormat2
from photo_interests.models.interest_model import InterestModel
from photo_interests.models.model_output import ModelOutput
from photo_interests.photos.events import event_weights
from photo_interests.photos.find import FoundFiles
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.photos.photo_worker import ReadPhoto, ReadVideo, Still

if TYPE_CHECKING:
    from photo_interests.reports.interest import Interest


@dataclass(frozen=True)
class Prediction(ModelOutput):
    """The interests that a bundle predicts from photos.

    Arrays of photos have a row for each photo, and one for each frame of a video, in
    the order of `photos`.

    Attributes:
        bundle: Folder of the bundle.
        card: Card of the bundle; its interests are in the order of the outputs.
        photos: Photos and videos that were read, each once.
        taken: When each of them was taken; None where its file gives no time.
        skipped: Files that could not be read, each with the reason.
        features: Stored features of the photos, uint8 `(rows, dimension)`.
        excluded: Number of entries of folders that were not to be read, by kind.
        frames: Of each of `photos` the seconds at which its frames are shown, none for
            a photo; empty where there is no video.
    """

    bundle: Path
    card: Card
    photos: tuple[Path, ...]
    taken: tuple[datetime | None, ...]
    skipped: tuple[PhotoError, ...]
    features: NDArray[np.uint8]
    excluded: Mapping[str, int] = field(default_factory=dict)
    frames: tuple[tuple[float, ...], ...] = ()

    @property
    def videos(self) -> int:
        """Number of `photos` that are videos."""
        return sum(map(bool, self.frames))

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """Index into `photos` of each row of the arrays, ascending, `(rows,)`."""
        counts = _row_counts(len(self.photos), self.frames)
        return np.repeat(np.arange(len(self.photos)), counts)

    @cached_property
    def stills(self) -> tuple[Still, ...]:
        """The photo, or frame of a video, of each row of the arrays."""
        seconds = self.frames or ((),) * len(self.photos)
        return tuple(
            Still(path, second)
            for path, shown in zip(self.photos, seconds, strict=True)
            for second in shown or (None,)
        )

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """1 / number of photos of each photo's event, float32 `(rows,)`.

        Frames of a video share its weight. 1 for all with a bundle of format 1, which
        has no events.
        """
        return _weights(self.card, self.taken, self.frames)

    def interests(
        self,
        *,
        threshold: float | None = None,
        top: int = 20,
        photos: int | None = None,
        level: Literal["interests", "kinds"] = "interests",
        sensitive: bool = False,
    ) -> list["Interest"]:
        """List the strongest interests.

        Args:
            threshold: Minimum probability; that of the card if None.
            top: Maximum number of interests.
            photos: Maximum number of photos listed for each; if None all that show
                it, or three with a bundle of format 1, which does not say.
            level: "interests", or "kinds" for the details that photos show.
            sensitive: Whether to list interests such as religion and health, too.

        Returns:
            Interests, by the expected number of events that show them (with a bundle
            of format 1 by probability); empty where none reaches the threshold.

        Raises:
            ValueError: Kinds of a bundle of format 1, which has none.
        """
        from photo_interests.level import Level
        from photo_interests.reports.interests import strongest_interests

        return strongest_interests(
            self, threshold, top, photos, Level(level), sensitive
        )


class NoPhotosError(ValueError):
    """There is no photo to predict from.

    Attributes:
        skipped: Files that could not be read, each with the reason.
    """

    def __init__(self, message: str, skipped: Sequence[PhotoError] = ()) -> None:
        super().__init__(message)
        self.skipped = tuple(skipped)


def predict_found(
    found: FoundFiles,
    reader: PhotoReader,
    on_photo: Callable[[PhotoError | None], None] | None = None,
) -> Prediction:
    """Predict interests from the files of folders.

    Args:
        found: Files to read; what is skipped or excluded of it is in the prediction.
        reader: Feature extractor of the bundle.
        on_photo: Called after each file with None, or with the error of one that is
            skipped.

    Raises:
        NoPhotosError: No file, or none that could be read.
        CardError: The bundle's models differ from what its card describes.
        ValueError: More photos than the bundle's model takes.
    """
    try:
        prediction = predict_photos(found.files, reader, on_photo)
    except NoPhotosError as error:
        skipped = (*found.skipped, *error.skipped)
        raise NoPhotosError(str(error), skipped) from error
    return replace(
        prediction,
        skipped=(*found.skipped, *prediction.skipped),
        excluded=found.excluded,
    )


def predict_photos(
    photos: Sequence[Path],
    reader: PhotoReader,
    on_photo: Callable[[PhotoError | None], None] | None = None,
) -> Prediction:
    """Predict interests from photo and video files.

    Args:
        photos: Files; those that are neither are skipped.
        reader: Feature extractor of the bundle.
        on_photo: Called after each file with None, or with the error of one that is
            skipped.

    Raises:
        NoPhotosError: No file, or none that could be read.
        CardError: The bundle's models differ from what its card describes.
        ValueError: More photos than the bundle's model takes.
    """
    if not photos:
        raise NoPhotosError("no photos: expected at least one file, received none")
    # Before the photos are read, so that a wrong bundle does not cost an hour.
    model = InterestModel(reader.bundle, reader.card)
    read: dict[int, ReadPhoto | ReadVideo] = {}
    errors: dict[int, PhotoError] = {}
    for index, outcome in reader.read_files(photos):
        if isinstance(outcome, PhotoError):
            errors[index] = outcome
        else:
            read[index] = outcome
        if on_photo is not None:
            on_photo(errors.get(index))
    skipped = tuple(errors[index] for index in sorted(errors))
    if not read:
        raise NoPhotosError(
            f"no photos: none of {len(photos)} files could be read", skipped
        )
    order = sorted(read)
    features = np.concatenate([np.atleast_2d(read[index].features) for index in order])
    taken = tuple(read[index].taken for index in order)
    frames = tuple(_seconds(read[index]) for index in order)
    return Prediction(
        **vars(model(features, _weights(reader.card, taken, frames))),
        bundle=reader.bundle,
        card=reader.card,
        photos=tuple(photos[index] for index in order),
        taken=taken,
        skipped=skipped,
        features=features,
        frames=frames,
    )


def _seconds(outcome: ReadPhoto | ReadVideo) -> tuple[float, ...]:
    return outcome.seconds if isinstance(outcome, ReadVideo) else ()


def _row_counts(photos: int, frames: tuple[tuple[float, ...], ...]) -> NDArray[np.intp]:
    """Number of rows of each photo and video, `(photos,)`."""
    if not frames:
        return np.ones(photos, np.intp)
    return np.array([max(1, len(seconds)) for seconds in frames], np.intp)


def _weights(
    card: Card,
    taken: Sequence[datetime | None],
    frames: tuple[tuple[float, ...], ...],
) -> NDArray[np.float32]:
    counts = _row_counts(len(taken), frames)
    if not isinstance(card, CardFormat2):
        return np.ones(counts.sum(), np.float32)
    weights = event_weights(taken, card.events.gap_minutes) / counts
    return np.repeat(weights.astype(np.float32), counts)
