r"""What was found on photos as JSON, for other programs.

::

    {
      "format": 1,
      "analyzers": {str: str},        # version by name, of those that ran
      "photos": [
        {
          "path": str,
          "second": float,            # of frames of videos alone
          "description": str,         # one sentence in the chosen language
          "taken": str or null,       # local time, ISO 8601
          "place": {"name": str, "country": str, "country_name": str,
                    "latitude": float, "longitude": float, "distance_km": float}
                   or null,
          "scene": {"group": {"id": str, "name": str} or null, "indoor": float,
                    "labels": [{"id": str, "name": str, "probability": float}]},
          "objects": [{"id": str, "name": str, "score": float, "box": BOX}],
          "kinds": [{"id": str, "name": str, "probability": float}],  # of .5 and more
          "birds": [{"id": str, "name": str, "score": float, "box": BOX}],
          "insects": [{"id": str, "name": str, "score": float, "box": null}],
          "faces": [{"score": float, "box": BOX}],
          "people": {"number": int, "framing": str},
          "same_person": [{"group": int, "box": BOX}],   # with --group-people alone
          "text": {"searched": bool,  # false where a photo of its kind has seldom any
                   "lines": [{"text": str, "score": float, "box": BOX}]}
        }
      ],
      "trips": [{"first": str, "last": str, "place": str, "country": str,
                 "photos": int}],
      "text_interests": [{"id": str, "words": [str], "photos": [str]}],
      "skipped": [{"path": str, "reason": str}],
      "excluded": {str: int}
    }

BOX is [left, top, width, height] in shares of the photo's sides. The key of an
analyzer is there only where it ran. Card and account numbers in text are masked.
"""

from typing import Any

from photo_interests.analysis.card import AnalyzerCard
from photo_interests.analysis.description.sentence import (
    describe_photo,
    person_label,
)
from photo_interests.analysis.people.people import count_people
from photo_interests.analysis.place.trips import Trip
from photo_interests.analysis.rows import Box, PhotoRow, PlaceRow, SceneRow
from photo_interests.bundle.card_sections import in_language
from photo_interests.describe import Descriptions
from photo_interests.reports.json_content import accounting, encode_json, file_key

FORMAT = 1
DIGITS = 4
DEGREE_DIGITS = 6


def make_json(result: Descriptions, language: str) -> bytes:
    """Return what was found as UTF-8 JSON of the form above.

    Args:
        result: What was found.
        language: `en` or `de`.
    """
    cards = result.cards
    content = {
        "format": FORMAT,
        "analyzers": {name: card.version for name, card in cards.items()},
        "photos": [_photo(result, row, language) for row in result.rows],
        "trips": [_trip(trip, language) for trip in result.trips],
        "text_interests": [
            {
                "id": one.interest,
                "words": one.words,
                "photos": [str(path) for path in one.photos],
            }
            for one in result.text_interests
        ],
        **accounting(result.skipped, result.excluded),
    }
    return encode_json(content)


def _photo(result: Descriptions, row: PhotoRow, language: str) -> dict[str, Any]:
    cards = result.cards
    photo: dict[str, Any] = {
        **file_key(row.path, row.second),
        "description": describe_photo(row, cards, language),
        "taken": None if row.taken is None else row.taken.isoformat(),
    }
    if "place" in cards:
        photo["place"] = None if row.place is None else _place(row.place, language)
    if row.scene is not None:
        photo["scene"] = _scene(row.scene, cards["scene"], language)
    if row.objects is not None:
        labels = cards["objects"].labels
        photo["objects"] = [
            {
                "id": labels[found.label].id,
                "name": in_language(labels[found.label].names, language),
                "score": round(found.score, DIGITS),
                "box": _box(found.box),
            }
            for found in row.objects
        ]
    if row.content is not None:
        photo["kinds"] = [
            {
                "id": kind.id,
                "name": in_language(kind.names, language),
                "probability": round(probability, DIGITS),
            }
            for kind, probability in result.kinds(row)
        ]
    for key, animals in (("birds", row.birds), ("insects", row.insects)):
        if animals is not None:
            labels = cards[key].labels
            photo[key] = [
                {
                    "id": labels[one.label].id,
                    "name": in_language(labels[one.label].names, language),
                    "score": round(one.score, DIGITS),
                    "box": None if one.box is None else _box(one.box),
                }
                for one in animals
            ]
    if row.faces is not None:
        photo["faces"] = [
            {"score": round(face.score, DIGITS), "box": _box(face.box)}
            for face in row.faces
        ]
    people = count_people(row, person_label(cards))
    if people is not None:
        photo["people"] = {"number": people.number, "framing": people.framing}
    if row.same_person is not None:
        photo["same_person"] = [
            {"group": face.group, "box": _box(face.box)} for face in row.same_person
        ]
    if row.text is not None:
        photo["text"] = {
            "searched": not row.text.gated,
            "lines": [
                {
                    "text": line.text,
                    "score": round(line.score, DIGITS),
                    "box": _box(line.box),
                }
                for line in row.text.lines
            ],
        }
    return photo


def _place(place: PlaceRow, language: str) -> dict[str, Any]:
    return {
        "name": in_language(place.names, language),
        "country": place.country,
        "country_name": in_language(place.country_names, language),
        "latitude": round(place.latitude, DEGREE_DIGITS),
        "longitude": round(place.longitude, DEGREE_DIGITS),
        "distance_km": round(place.distance_km, 1),
    }


def _scene(scene: SceneRow, card: AnalyzerCard, language: str) -> dict[str, Any]:
    groups = {group.id: group.names for group in card.groups}
    return {
        "group": scene.group
        and {"id": scene.group, "name": in_language(groups[scene.group], language)},
        "indoor": round(scene.indoor, DIGITS),
        "labels": [
            {
                "id": card.labels[index].id,
                "name": in_language(card.labels[index].names, language),
                "probability": round(probability, DIGITS),
            }
            for index, probability in zip(
                scene.labels, scene.probabilities, strict=True
            )
        ],
    }


def _trip(trip: Trip, language: str) -> dict[str, Any]:
    return {
        "first": trip.first.isoformat(),
        "last": trip.last.isoformat(),
        "place": in_language(trip.place.names, language),
        "country": trip.place.country,
        "photos": trip.photos,
    }


def _box(box: Box) -> list[float]:
    sides = (box.left, box.top, box.width, box.height)
    return [round(side, DIGITS) for side in sides]
