"""Events: photos taken within minutes of each other, which count once together."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray


def event_weights(
    taken: Sequence[datetime | None], gap_minutes: float
) -> NDArray[np.float32]:
    """Return 1 / number of photos of its event for each photo, float32 `(photos,)`.

    Photos sorted by time are cut into events where the gap to the photo before is
    more than `gap_minutes`, and where a month ends: the app adds states of months, and
    a month depends on its own photos alone. A photo without a time is an event by
    itself.

    Args:
        taken: Time each photo was taken; one without a zone is in the zone of this
            computer. Its month is that of its own clock.
        gap_minutes: Largest gap within an event.
    """
    seconds = np.array([np.nan if t is None else t.timestamp() for t in taken], float)
    weights = np.ones(len(seconds), np.float32)
    dated = np.flatnonzero(~np.isnan(seconds))
    order = dated[np.argsort(seconds[dated], kind="stable")]
    months = np.array([0 if t is None else 12 * t.year + t.month for t in taken], int)
    is_far = np.diff(seconds[order]) > gap_minutes * 60
    starts = np.flatnonzero(is_far | (np.diff(months[order]) != 0)) + 1
    for event in np.split(order, starts):
        weights[event] = 1 / max(len(event), 1)
    return weights
