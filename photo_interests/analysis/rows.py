"""What the analyzers find on a photo: one typed row each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Box:
    """A rectangle on the upright photo; all numbers are shares of its sides.

    Attributes:
        left: Left edge.
        top: Top edge.
        width: Width.
        height: Height.
    """

    left: float
    top: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Share of the photo that the box covers."""
        return self.width * self.height


@dataclass(frozen=True)
class Detection:
    """Something that was found at a position of the photo.

    Attributes:
        label: Index of its label in the analyzer's card.
        score: Confidence, 0 to 1.
        box: Where it is.
    """

    label: int
    score: float
    box: Box


@dataclass(frozen=True)
class Species:
    """An animal whose species is known.

    Attributes:
        label: Index of its label in the analyzer's card.
        score: Probability, 0 to 1.
        box: Where it is; None for an animal that the photo is of.
    """

    label: int
    score: float
    box: Box | None


@dataclass(frozen=True, eq=False)
class EmbeddedFace:
    """A face with the numbers that tell people apart: biometric data.

    Attributes:
        score: Confidence that it is a face, 0 to 1.
        box: Where it is.
        embedding: float32 `(width,)`; those of one person are near each other.
    """

    score: float
    box: Box
    embedding: NDArray[np.float32]


@dataclass(frozen=True)
class GroupedFace:
    """A face of somebody who is on other photos, too.

    Attributes:
        group: Number of the group of faces that are probably of the same person.
        box: Where it is.
    """

    group: int
    box: Box


@dataclass(frozen=True)
class PlaceRow:
    """Where a photo was taken.

    Attributes:
        latitude: Degrees north.
        longitude: Degrees east.
        names: Name of the nearest place by language.
        country: ISO 3166 code of its country, two letters.
        country_names: Name of its country by language.
        distance_km: Distance to the middle of that place.
    """

    latitude: float
    longitude: float
    names: dict[str, str]
    country: str
    country_names: dict[str, str]
    distance_km: float


@dataclass(frozen=True)
class SceneRow:
    """The kind of place that a photo shows.

    Attributes:
        labels: Indices of the most probable labels, most probable first.
        probabilities: Their probabilities.
        group: Id of the most probable group of scenes; None where none is.
        indoor: Probability that the photo was taken indoors.
    """

    labels: tuple[int, ...]
    probabilities: tuple[float, ...]
    group: str | None
    indoor: float


@dataclass(frozen=True)
class TextLine:
    """A line of text.

    Attributes:
        text: What it says.
        score: Mean probability of its characters.
        box: Upright rectangle around it.
    """

    text: str
    score: float
    box: Box


@dataclass(frozen=True)
class TextRow:
    """The text on a photo.

    Attributes:
        gated: Whether the photo was not searched for text, since what it shows seldom
            has any.
        lines: Lines in the order of reading.
    """

    gated: bool
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """All lines, with line breaks between."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Content:
    """What the bundle's classifier of photos sees.

    Attributes:
        kinds: Probability of each kind by its id.
        interests: Probability of each interest by its id.
    """

    kinds: Mapping[str, float]
    interests: Mapping[str, float]


@dataclass(frozen=True)
class PhotoRow:
    """All that was found on a photo.

    A field is None where its analyzer was not run; a place is also None where the
    photo has no position, or one that is far from any place.

    Attributes:
        path: File of the photo.
        taken: When it was taken; None where the file does not say.
        place: Where it was taken.
        scene: The kind of place it shows.
        objects: Objects, best score first.
        faces: Faces, largest first.
        birds: Birds whose species is known.
        insects: The insect that the photo is of, where its species is known.
        identity: Faces that are large enough to be told apart; only where groups of
            the same person were asked for, and only until these are found.
        same_person: Faces of people who are on several photos; only where groups were
            asked for.
        text: Text.
        content: What the bundle's classifier sees, of some probability at least; None
            where it was not asked for.
        second: Of a frame of a video, when it is shown; None of a photo.
    """

    path: Path
    taken: datetime | None = None
    place: PlaceRow | None = None
    scene: SceneRow | None = None
    objects: tuple[Detection, ...] | None = None
    faces: tuple[Detection, ...] | None = None
    birds: tuple[Species, ...] | None = None
    insects: tuple[Species, ...] | None = None
    identity: tuple[EmbeddedFace, ...] | None = None
    same_person: tuple[GroupedFace, ...] | None = None
    text: TextRow | None = None
    content: Content | None = None
    second: float | None = None
