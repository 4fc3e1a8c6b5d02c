r"""A prediction as JSON, for other programs.

::

    {
      "format": 1,
      "bundle": {"name": str, "version": str},
      "threshold": float,             # least probability of an interest listed
      "photos": [str],                # paths of the photos that were read
      "skipped": [{"path": str, "reason": str}],   # files and folders not read
      "excluded": {str: int},         # entries that are not to be read, by kind
      "interests": [                  # most probable first
        {
          "id": str,                  # stable over releases
          "name": str,                # in the chosen language
          "area": {"id": str, "name": str},
          "probability": float,
          "photos": [                 # largest share first
            {"path": str, "share": float, "probability": float}
          ],
          "other_photos": int,        # further photos, and their share together
          "other_share": float
        }
      ],
      "probabilities": {str: float}   # of every interest the bundle knows
    }

Bytes of a path that are no text stand as lone surrogates (`"\udcff"`), which
`os.fsencode` turns back.
"""

import json
from collections.abc import Sequence
from typing import Any

from photo_interests.predict import Prediction
from photo_interests.reports.interests import Interest, InterestArea, named

FORMAT = 1


def make_json(
    prediction: Prediction,
    areas: Sequence[InterestArea],
    threshold: float,
    language: str,
) -> bytes:
    """Return the prediction as UTF-8 JSON of the form above."""
    card = prediction.card
    interests = [interest for group in areas for interest in group.interests]
    content = {
        "format": FORMAT,
        "bundle": {"name": card.name, "version": card.version},
        "threshold": threshold,
        "photos": [str(path) for path in prediction.photos],
        "skipped": [
            {"path": str(error.path), "reason": error.reason}
            for error in prediction.skipped
        ],
        "excluded": dict(prediction.excluded),
        "interests": [
            _interest(interest, language)
            for interest in sorted(interests, key=lambda each: -each.probability)
        ],
        "probabilities": {
            category.id: float(probability)
            for category, probability in zip(
                card.interests, prediction.probabilities, strict=True
            )
        },
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    # What UTF-8 cannot hold becomes an escape, which JSON spells the same way.
    return text.encode("utf-8", "backslashreplace")


def _interest(interest: Interest, language: str) -> dict[str, Any]:
    return {
        "id": interest.category.id,
        "name": named(interest.category, language),
        "area": {"id": interest.area.id, "name": named(interest.area, language)},
        "probability": interest.probability,
        "photos": [
            {
                "path": str(photo.path),
                "share": photo.share,
                "probability": photo.probability,
            }
            for photo in interest.photos
        ],
        "other_photos": interest.other_photos,
        "other_share": interest.other_share,
    }
