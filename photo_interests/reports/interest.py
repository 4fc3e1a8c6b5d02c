"""What reports list of an interest."""

from dataclasses import dataclass
from pathlib import Path

from photo_interests.bundle.card_sections import Area, Category
from photo_interests.bundle.interest_sections import Kind
from photo_interests.photos.photo_worker import Still


@dataclass(frozen=True)
class Evidence:
    """A photo or video that contributes to an interest.

    Attributes:
        path: File of the photo or video.
        share: Contribution to the interest, of a video that of all its frames; the
            shares of all photos and videos sum to 1.
        probability: Probability of the interest on this photo by itself, of a video
            that on its clearest frame.
        second: Of a video, when its clearest frame is shown; None for a photo.
    """

    path: Path
    share: float
    probability: float
    second: float | None = None

    @property
    def still(self) -> Still:
        """The photo, or the clearest frame of the video."""
        return Still(self.path, self.second)


@dataclass(frozen=True)
class Strength:
    """How often an interest comes back.

    Attributes:
        photos: Number of photos that show it; a video is one.
        months: Number of different months in which these were taken, as far as their
            files give a time.
        events: Expected number of events that show it, on which the order is based.
        videos: Number of videos among the photos.
    """

    photos: int
    months: int
    events: float
    videos: int = 0


@dataclass(frozen=True)
class KindShare:
    """A kind that counts for an interest.

    Attributes:
        kind: Kind of the card.
        share: Part of the interest's evidence that this kind has, 0 to 1.
    """

    kind: Kind
    share: float


@dataclass(frozen=True)
class Interest:
    """An interest or a kind, and photos that show it.

    Attributes:
        category: Interest or kind of the card.
        area: Area of the interest.
        probability: Probability that this is an interest of the person; of a kind,
            that photos show it.
        photos: All photos and videos that show it, clearest first; where none does, and
            with a bundle of format 1, those with the largest shares.
        other_photos: Number of further photos.
        other_share: Share of the further photos together.
        strength: How often it comes back; None for a bundle of format 1.
        kinds: Kinds that count most for it; empty for a kind or format 1.
    """

    category: Category | Kind
    area: Area
    probability: float
    photos: tuple[Evidence, ...]
    other_photos: int
    other_share: float
    strength: Strength | None = None
    kinds: tuple[KindShare, ...] = ()

    @property
    def id(self) -> str:
        """Stable identifier of the interest or kind."""
        return self.category.id

    @property
    def name(self) -> str:
        """English name of the interest or kind; `category.names` has the others."""
        return self.category.names["en"]


@dataclass(frozen=True)
class InterestArea:
    """The interests found in one area, strongest first."""

    area: Area
    interests: tuple[Interest, ...]
