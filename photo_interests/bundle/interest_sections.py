"""Sections of a card of format 2: interests, what photos show, and events."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from photo_interests.bundle.card_sections import (
    Category,
    Count,
    FileName,
    Golden,
    GoldenSet,
    Names,
    Section,
    Share,
    Text,
    Thresholds,
)

Weight = Annotated[float, Field(gt=0, le=1)]


class Interest(Category):
    """An interest as people name it; its place in the list is its output's index.

    `iab` and `wikidata` are codes of the IAB Content Taxonomy and of Wikidata.
    `on_request` ones are sensitive, and listed only where the caller asks for them;
    `never` ones are evidence alone.
    """

    description: Text
    iab: Text | None
    wikidata: Annotated[str, Field(pattern=r"^Q\d+$")] | None
    shown: Literal["always", "on_request", "never"]


class Kind(Section):
    """What a photo shows, and how much of it counts for which interests."""

    id: Text
    names: Names
    interests: dict[Text, Weight]


class Events(Section):
    """When a photo belongs to another event than the photo before it."""

    gap_minutes: Count


class ThresholdsOfInterests(Thresholds):
    """From which probability something counts as found."""

    kind: Share


class GoldenSetOfInterests(GoldenSet):
    """Features and weights of one set of photos with the expected outputs."""

    weights: FileName
    kind_probabilities: FileName
    photos: FileName
    events: FileName


class GoldenOfInterests(Golden):
    """Files that every implementation must reproduce."""

    set: GoldenSetOfInterests


def is_listed(interest: Category, sensitive: bool) -> bool:
    """Whether a reader may list an interest.

    Args:
        interest: Interest of a card of any format.
        sensitive: Whether the caller asks for sensitive interests too.
    """
    shown = interest.shown if isinstance(interest, Interest) else "always"
    return shown == "always" or (sensitive and shown == "on_request")


def is_kind_listed(
    kind: Kind, interests: Mapping[str, Interest], sensitive: bool
) -> bool:
    """Whether a reader may list a kind: it is as sensitive as what it counts for.

    Interests for which it counts less than half as much as for another do not decide.

    Args:
        kind: Kind of a card.
        interests: Interests of the card by id.
        sensitive: Whether the caller asks for sensitive interests too.
    """
    decisive = max(kind.interests.values(), default=0) / 2
    return all(
        is_listed(interests[name], sensitive)
        for name, weight in kind.interests.items()
        if weight >= decisive
    )
