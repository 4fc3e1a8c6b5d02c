"""The sections of a card of format 2: interests, kinds, events, thresholds."""

from typing import Any

from photo_interests.bundle.card_sections import Area
from photo_interests.bundle.interest_sections import (
    Events,
    Interest,
    Kind,
    ThresholdsOfInterests,
)
from training.interests.parts import Parts
from training.vocabulary.interests import Interests

PHOTO_THRESHOLD = 0.5
"""Probability from which on a photo is listed for an interest."""
MAXIMUM_PHOTOS = 1024
"""Photos in one call: 1,213 kinds of each are in memory at once."""


def interest_sections(
    taxonomy: Interests, parts: Parts, gap_minutes: int
) -> dict[str, Any]:
    """List what is predicted and from which probability on it is shown.

    Args:
        taxonomy: Interests and kinds.
        parts: What was fitted, with its thresholds.
        gap_minutes: Photos farther apart are of different events.
    """
    return {
        "format": 2,
        "areas": tuple(Area(id=one.id, names=one.names) for one in taxonomy.areas),
        "interests": tuple(
            Interest(
                id=one.id,
                names=one.names,
                area=one.area,
                description=one.description,
                iab=one.iab or None,
                wikidata=one.wikidata or None,
                shown=one.shown,
            )
            for one in taxonomy.interests
        ),
        "kinds": _kinds(taxonomy),
        "events": Events(gap_minutes=gap_minutes),
        "thresholds": ThresholdsOfInterests(
            interest=parts.interests.threshold,
            kind=parts.kinds.threshold,
            photo=PHOTO_THRESHOLD,
        ),
    }


def _kinds(taxonomy: Interests) -> tuple[Kind, ...]:
    ids = [one.id for one in taxonomy.interests]
    rows = zip(taxonomy.kinds, taxonomy.kind_names, taxonomy.weights, strict=True)
    return tuple(
        Kind(
            id=kind,
            names=names,
            # The shortest decimals that are the same float32.
            interests={ids[i]: float(str(row[i])) for i in row.nonzero()[0]},
        )
        for kind, names, row in rows
    )
