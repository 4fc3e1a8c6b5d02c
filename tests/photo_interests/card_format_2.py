"""A valid card of format 2, made from one of format 1."""

from typing import Any

INTERESTS = [
    ("dogs", "Dogs", "Hunde", "always"),
    ("cats", "Cats", "Katzen", "always"),
    ("health", "Health", "Gesundheit", "on_request"),
    ("household", "Household objects", "Haushalt", "never"),
]
KINDS = {
    "a.beagle": {"dogs": 1.0},
    "a.pug": {"dogs": 1.0},
    "a.tabby": {"cats": 1.0},
    "a.basket": {"dogs": 0.5, "household": 0.5},
    "a.pill": {"health": 1.0},
    "a.cloud": {},
}
GAP_MINUTES = 10


def format_2_content(content: dict[str, Any]) -> dict[str, Any]:
    """Change a card's content of format 1 to one of format 2."""
    interests, kinds = len(INTERESTS), len(KINDS)
    state = [5, interests + kinds]
    photos = {"features": ["N", 1024], "weights": ["N"]}
    read = {
        "probabilities": [interests],
        "kind_probabilities": [kinds],
        "photos": [interests],
        "events": [interests],
        "evident": [interests],
    }
    each = {
        "photo_probabilities": ["N", interests],
        "contributions": ["N", interests],
        "photo_kind_probabilities": ["N", kinds],
    }
    del content["categories"]
    content["format"] = 2
    content["events"] = {"gap_minutes": GAP_MINUTES}
    content["interests"] = [
        {
            "id": name,
            "names": {"en": english, "de": german},
            "area": "animals",
            "description": f"Photos of {english.lower()}.",
            "iab": "422",
            "wikidata": None,
            "shown": shown,
        }
        for name, english, german, shown in INTERESTS
    ]
    content["kinds"] = [
        {"id": name, "names": {"en": name.removeprefix("a.")}, "interests": weights}
        for name, weights in KINDS.items()
    ]
    content["thresholds"]["kind"] = 0.6
    content["aggregator"] |= {
        "kind": "repetition",
        "signatures": {
            "predict": {"inputs": photos, "outputs": read | each},
            "update": {
                "inputs": photos | {"state": state},
                "outputs": {"state": state},
            },
            "finish": {"inputs": {"state": state}, "outputs": read},
        },
        "state": {"shape": state, "initial": 0.0, "merge": "add"},
    }
    for key in ("weights", "kind_probabilities", "photos", "events"):
        name = f"golden/set.{key}"
        content["golden"]["set"][key] = name
        content["files"][name] = dict(content["files"]["aggregator.tflite"])
    return content
