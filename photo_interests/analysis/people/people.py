"""How many people a photo shows, from faces and persons; never who they are."""

from dataclasses import dataclass
from typing import Literal

from photo_interests.analysis.rows import PhotoRow

Framing = Literal["none", "portrait", "single", "pair", "group"]
PORTRAIT_AREA = 0.05
"""Share of the photo that the face of a portrait covers at least."""


@dataclass(frozen=True)
class People:
    """The people on a photo.

    Attributes:
        number: The larger of the numbers of faces and of persons: a face may be turned
            away, and a body may be out of the picture.
        framing: `none`, `portrait` (one, with a large face), `single`, `pair` or
            `group` (three or more).
    """

    number: int
    framing: Framing


def count_people(row: PhotoRow, person: int | None) -> People | None:
    """Count the people on a photo.

    Args:
        row: Row of the photo.
        person: Index of the label of a person among the objects' labels; None where
            objects were not sought.

    Returns:
        The people; None where neither faces nor objects were sought.
    """
    if row.faces is None and row.objects is None:
        return None
    faces = row.faces or ()
    persons = sum(found.label == person for found in row.objects or ())
    number = max(len(faces), persons)
    return People(number, _framing(number, faces[0].box.area if faces else 0.0))


def _framing(number: int, largest_face: float) -> Framing:
    match number:
        case 0:
            return "none"
        case 1:
            return "portrait" if largest_face >= PORTRAIT_AREA else "single"
        case 2:
            return "pair"
        case _:
            return "group"
