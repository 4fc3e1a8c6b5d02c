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
    more than `gap_minutes`. A photo without a time is an event by itself.

    Args:
        taken: Time each photo was taken; one without a zone is in the zone of this
            computer.
        gap_minutes: Largest gap within an event.
    """
    seconds = np.array([np.nan if t is None else t.timestamp() for t in taken], float)
    weights = np.ones(len(seconds), np.float32)
    dated = np.flatnonzero(~np.isnan(seconds))
    order = dated[np.argsort(seconds[dated], kind="stable")]
    starts = np.flatnonzero(np.diff(seconds[order]) > gap_minutes * 60) + 1
    for event in np.split(order, starts):
        weights[event] = 1 / max(len(event), 1)
    return weights
