"""From a person's photo files to their interests."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import Card
from photo_interests.models.interest_model import InterestModel, ModelOutput
from photo_interests.photos.find import FoundFiles
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import PhotoReader

if TYPE_CHECKING:
    from photo_interests.reports.interests import Interest


@dataclass(frozen=True)
class Prediction(ModelOutput):
    """The interests that a bundle predicts from photos.

    Attributes:
        bundle: Folder of the bundle.
        card: Card of the bundle; its categories are in the order of the outputs.
        photos: Photos that were read, in the order of the rows of all arrays.
        skipped: Files that could not be read, each with the reason.
        features: Stored features of the photos, uint8 `(photos, dimension)`.
        excluded: Number of entries of folders that were not to be read, by kind.
    """

    bundle: Path
    card: Card
    photos: tuple[Path, ...]
    skipped: tuple[PhotoError, ...]
    features: NDArray[np.uint8]
    excluded: Mapping[str, int] = field(default_factory=dict)

    def interests(
        self, *, threshold: float | None = None, top: int = 20, photos: int = 3
    ) -> list["Interest"]:
        """List the most probable interests.

        Args:
            threshold: Minimum probability; that of the card if None.
            top: Maximum number of interests.
            photos: Maximum number of contributing photos listed for each.

        Returns:
            Interests, most probable first; empty where none reaches the threshold.
        """
        from photo_interests.reports.interests import strongest_interests

        if threshold is None:
            threshold = self.card.thresholds.interest
        return strongest_interests(self, threshold, top, photos)


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
    for index, outcome in reader.read(photos):
        if isinstance(outcome, PhotoError):
            errors[index] = outcome
        else:
            features[index] = outcome
        if on_photo is not None:
            on_photo(errors.get(index))
    read = [index for index in range(len(photos)) if index not in errors]
    skipped = tuple(errors[index] for index in sorted(errors))
    if not read:
        raise NoPhotosError(
            f"no photos: none of {len(photos)} files could be read", skipped
        )
    return Prediction(
        **vars(model(features[read])),
        bundle=reader.bundle,
        card=reader.card,
        photos=tuple(photos[index] for index in read),
        skipped=skipped,
        features=features[read],
    )
