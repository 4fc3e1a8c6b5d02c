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

if TYPE_CHECKING:
    from photo_interests.reports.interest import Interest


@dataclass(frozen=True)
class Prediction(ModelOutput):
    """The interests that a bundle predicts from photos.

    Attributes:
        bundle: Folder of the bundle.
        card: Card of the bundle; its interests are in the order of the outputs.
        photos: Photos that were read, in the order of the rows of all arrays.
        taken: When each of them was taken; None where its file gives no time.
        skipped: Files that could not be read, each with the reason.
        features: Stored features of the photos, uint8 `(photos, dimension)`.
        excluded: Number of entries of folders that were not to be read, by kind.
    """

    bundle: Path
    card: Card
    photos: tuple[Path, ...]
    taken: tuple[datetime | None, ...]
    skipped: tuple[PhotoError, ...]
    features: NDArray[np.uint8]
    excluded: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """1 / number of photos of each photo's event, float32 `(photos,)`.

        1 for all with a bundle of format 1, which has no events.
        """
        return _weights(self.card, self.taken)

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
    """Predict interests from photo files.

    Args:
        photos: Files; those that are no photos are skipped.
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
    features = np.zeros((len(photos), reader.card.features.dimension), np.uint8)
    errors: dict[int, PhotoError] = {}
    times: dict[int, datetime | None] = {}
    for index, outcome in reader.read_photos(photos):
        if isinstance(outcome, PhotoError):
            errors[index] = outcome
        else:
            features[index], times[index] = outcome.features, outcome.taken
        if on_photo is not None:
            on_photo(errors.get(index))
    read = [index for index in range(len(photos)) if index not in errors]
    skipped = tuple(errors[index] for index in sorted(errors))
    if not read:
        raise NoPhotosError(
            f"no photos: none of {len(photos)} files could be read", skipped
        )
    taken = tuple(times[index] for index in read)
    return Prediction(
        **vars(model(features[read], _weights(reader.card, taken))),
        bundle=reader.bundle,
        card=reader.card,
        photos=tuple(photos[index] for index in read),
        taken=taken,
        skipped=skipped,
        features=features[read],
    )


def _weights(card: Card, taken: Sequence[datetime | None]) -> NDArray[np.float32]:
    if not isinstance(card, CardFormat2):
        return np.ones(len(taken), np.float32)
    return event_weights(taken, card.events.gap_minutes)
