"""From rows, of which a video has one for each frame, to photos and videos."""

import numpy as np
from numpy.typing import NDArray

from photo_interests.predict import Prediction


def file_sums(
    prediction: Prediction, values: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Add up values of rows by photo and video.

    Args:
        prediction: Prediction the rows belong to.
        values: `(rows,)`.

    Returns:
        `(photos,)`.
    """
    return np.add.reduceat(values, _starts(prediction))


def best_rows(prediction: Prediction, values: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the row of each photo, and of each video that of its largest value.

    Args:
        prediction: Prediction the rows belong to.
        values: `(rows,)`; of equal ones the first counts.

    Returns:
        Rows `(photos,)`.
    """
    order = np.lexsort((-values, prediction.rows))
    return order[_starts(prediction)]


def _starts(prediction: Prediction) -> NDArray[np.intp]:
    """The first row of each photo and video."""
    return np.flatnonzero(np.diff(prediction.rows, prepend=-1))
