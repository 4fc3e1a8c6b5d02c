"""Writes what Python's networks of species make of drawn pictures.

`python -m tests.contract.draw_species`, with the packs installed
(`python -m export third-party birds insects`). The pictures show no animal, so that
probabilities are low; each comes with the hash of its pixels in the networks' square.
So do the squares that are cut around some boxes.
"""

import hashlib
import json
from pathlib import Path

from photo_interests.analysis.location import cache_folder
from photo_interests.analysis.photo import Pixels, fit_into
from photo_interests.analysis.rows import Box
from photo_interests.analysis.species.birds import BirdClassifier
from photo_interests.analysis.species.species_classifier import SpeciesClassifier
from tests.contract.draw_detections import open_picture

GOLDEN = Path(__file__).with_name("species.json")
AROUND = (128, 128, 128)
PICTURES = ("face", "clock", "face_and_clock", "three_faces", "wall")
PACKS = ("birds", "insects")
BOXES = ((0.3, 0.2, 0.4, 0.5), (0.0, 0.85, 0.25, 0.15), (0.71, 0.1, 0.08, 0.22))
"""Left, top, width and height, as shares of a picture; two reach its edges."""
SQUARES = "squares"
LISTED = 5
DIGITS = 4


def squares(birds: BirdClassifier, picture: str) -> list[str]:
    """Hashes of the pixels that are cut out of a picture around each of `BOXES`."""
    photo = open_picture(picture)
    return [
        _hash(fit_into(birds.cut(photo, Box(*box)), birds.side, AROUND).pixels)
        for box in BOXES
    ]


def outputs(pack: SpeciesClassifier, picture: str) -> dict[str, object]:
    """Hash of a picture's pixels, and the most probable labels of the whole of it."""
    image = open_picture(picture).image
    pixels = fit_into(image, pack.side, AROUND).pixels
    probabilities = pack.probabilities(image)
    best = sorted(range(len(probabilities)), key=lambda one: -probabilities[one])
    return {
        "sha256": _hash(pixels),
        "labels": {
            pack.card.labels[one].id: round(float(probabilities[one]), DIGITS)
            for one in best[:LISTED]
        },
    }


def _hash(pixels: Pixels) -> str:
    return hashlib.sha256(pixels.tobytes()).hexdigest()


def main() -> None:
    """Write the golden file."""
    birds = BirdClassifier(cache_folder() / "birds")
    golden: dict[str, dict[str, object]] = {
        name: {
            picture: outputs(SpeciesClassifier(cache_folder() / name, name), picture)
            for picture in PICTURES
        }
        for name in PACKS
    }
    golden[SQUARES] = {
        "boxes": BOXES, **{picture: squares(birds, picture) for picture in PICTURES}
    }  # fmt: skip
    GOLDEN.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
