"""From a person's photo files to their interests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import Card
from photo_interests.models.interest_model import Answer, InterestModel
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import PhotoReader


@dataclass(frozen=True)
class Prediction:
    """What a bundle says about photos.

    Attributes:
        card: of the bundle.
        photos: those read; their order is that of the answer's rows.
        skipped: files that could not be read, each with the reason.
        answer: interests, and the part of each photo in them.
    """

    card: Card
    photos: tuple[Path, ...]
    skipped: tuple[PhotoError, ...]
    answer: Answer


class NoPhotosError(ValueError):
    """There is no photo to answer from.

    Attributes:
        skipped: files that could not be read, each with the reason.
    """

    def __init__(self, message: str, skipped: Sequence[PhotoError] = ()) -> None:
        super().__init__(message)
        self.skipped = tuple(skipped)


def predict(
    photos: Sequence[Path],
    reader: PhotoReader,
    on_photo: Callable[[PhotoError | None], None] = lambda error: None,
) -> Prediction:
    """Predict interests from photo files.

    Args:
        photos: files; those that are no photos are skipped.
        reader: of the bundle that answers.
        on_photo: called after each file, with the error of one that is skipped.

    Raises:
        NoPhotosError: no file, or none that could be read.
        CardError: the bundle's models are not as its card says.
        ValueError: more photos than the bundle's model takes.
    """
    return predict_with_features(photos, reader, on_photo)[0]


def predict_with_features(
    photos: Sequence[Path],
    reader: PhotoReader,
    on_photo: Callable[[PhotoError | None], None] = lambda error: None,
) -> tuple[Prediction, NDArray[np.uint8]]:
    """Predict as `predict` does, and give the features of the photos read as well.

    Returns:
        The prediction, and stored features `(photos, dimension)` in its order.
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
        on_photo(errors.get(index))
    read = [index for index in range(len(photos)) if index not in errors]
    skipped = tuple(errors[index] for index in sorted(errors))
    if not read:
        raise NoPhotosError(
            f"no photos: none of {len(photos)} files could be read", skipped
        )
    prediction = Prediction(
        reader.card,
        tuple(photos[index] for index in read),
        skipped,
        model(features[read]),
    )
    return prediction, features[read]
