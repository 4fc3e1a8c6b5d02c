r"""A prediction as JSON, for other programs.

::

    {
      "format": 1,
      "bundle": {"name": str, "version": str},
      "threshold": float,             # least probability of an interest listed
      "photos": [str],                # paths of the photos and videos that were read
      "skipped": [{"path": str, "reason": str}],   # files and folders not read
      "excluded": {str: int},         # entries that are not to be read, by kind
      "interests": [                  # most probable first
        {
          "id": str,                  # stable over releases
          "name": str,                # in the chosen language
          "area": {"id": str, "name": str},
          "probability": float,
          "photos": [                 # largest share first
            {
              "path": str,
              "second": float,        # of videos alone: of the clearest frame
              "share": float,         # of a video: of all its frames
              "probability": float    # of a video: on the clearest frame
            }
          ],
          "other_photos": int,        # further photos, and their share together
          "other_share": float
        }
      ],
      "probabilities": {str: float}   # of every interest the bundle knows
    }

With a bundle of card format 2 it is::

    {
      "format": 2,
      "level": "interests" or "kinds",
      "bundle", "threshold", "photos", "skipped", "excluded": as above,
      "interests": [                  # interests or kinds, strongest first
        {
          "id", "name", "area", "probability": as above,
          "strength": {
            "photos": int,            # that show it: all are listed below
            "months": int,            # different ones in which they were taken
            "events": float,          # expected number; the order is by this
            "videos": int             # among the photos
          },
          "kinds": [                  # that count most for an interest
            {"id": str, "name": str, "share": float}
          ],
          "photos", "other_photos", "other_share": as above, clearest photo first
        }
      ],
      "probabilities": {str: float}   # of every interest or kind that may be listed
    }

Bytes of a path that are no text stand as lone surrogates (`"\udcff"`), which
`os.fsencode` turns back.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from photo_interests.bundle.card import CardFormat2
from photo_interests.level import Level
from photo_interests.predict import Prediction
from photo_interests.reports.interest import Interest, InterestArea
from photo_interests.reports.interests import (
    card_threshold,
    listed_probabilities,
    named,
    strongest_first,
)
from photo_interests.reports.json_content import accounting, encode_json, file_key


def make_json(
    prediction: Prediction,
    areas: Sequence[InterestArea],
    threshold: float | None,
    language: str,
    level: Level = Level.interests,
    sensitive: bool = False,
) -> bytes:
    """Return the prediction as UTF-8 JSON of the form above.

    Args:
        prediction: Prediction from all photos.
        areas: Interests or kinds to list.
        threshold: Minimum probability of what is listed; that of the card if None.
        language: Language of the names, `en` or `de`.
        level: Whether interests or kinds are listed.
        sensitive: Whether sensitive ones are listed too.
    """
    card = prediction.card
    interests = [interest for group in areas for interest in group.interests]
    has_strength = isinstance(card, CardFormat2)
    if threshold is None:
        threshold = card_threshold(card, level)
    content: dict[str, Any] = {
        "format": card.format,
        **({"level": level.value} if has_strength else {}),
        "bundle": {"name": card.name, "version": card.version},
        "threshold": threshold,
        "photos": [str(path) for path in prediction.photos],
        **accounting(prediction.skipped, prediction.excluded),
        "interests": [
            _interest(interest, language)
            for interest in sorted(interests, key=strongest_first)
        ],
        "probabilities": listed_probabilities(prediction, level, sensitive),
    }
    return encode_json(content)


def _interest(interest: Interest, language: str) -> dict[str, Any]:
    return {
        "id": interest.category.id,
        "name": named(interest.category, language),
        "area": {"id": interest.area.id, "name": named(interest.area, language)},
        "probability": interest.probability,
        **_strength(interest, language),
        "photos": [
            {
                **file_key(photo.path, photo.second),
                "share": photo.share,
                "probability": photo.probability,
            }
            for photo in interest.photos
        ],
        "other_photos": interest.other_photos,
        "other_share": interest.other_share,
    }


def _strength(interest: Interest, language: str) -> dict[str, Any]:
    if interest.strength is None:
        return {}
    return {
        "strength": asdict(interest.strength),
        "kinds": [
            {
                "id": each.kind.id,
                "name": named(each.kind, language),
                "share": each.share,
            }
            for each in interest.kinds
        ],
    }
