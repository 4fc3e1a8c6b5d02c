"""Writes what Python's networks of species make of drawn pictures.

`python -m tests.contract.draw_species`, with the packs installed
(`python -m export third-party birds insects`). The pictures show no animal, so that
probabilities are low; each comes with the hash of its pixels in the networks' square.
"""

import hashlib
import json
from pathlib import Path

from photo_interests.analysis.location import cache_folder
from photo_interests.analysis.photo import fit_into
from photo_interests.analysis.species.species_classifier import SpeciesClassifier
from tests.contract.draw_detections import open_picture

GOLDEN = Path(__file__).with_name("species.json")
PICTURES = ("face", "clock", "face_and_clock", "three_faces", "wall")
PACKS = ("birds", "insects")
LISTED = 5
DIGITS = 4


def outputs(pack: SpeciesClassifier, picture: str) -> dict[str, object]:
    """Hash of a picture's pixels, and the most probable labels of the whole of it."""
    image = open_picture(picture).image
    pixels = fit_into(image, pack.side, (128, 128, 128)).pixels
    probabilities = pack.probabilities(image)
    best = sorted(range(len(probabilities)), key=lambda one: -probabilities[one])
    return {
        "sha256": hashlib.sha256(pixels.tobytes()).hexdigest(),
        "labels": {
            pack.card.labels[one].id: round(float(probabilities[one]), DIGITS)
            for one in best[:LISTED]
        },
    }


def main() -> None:
    """Write the golden file."""
    golden = {
        name: {
            picture: outputs(SpeciesClassifier(cache_folder() / name, name), picture)
            for picture in PICTURES
        }
        for name in PACKS
    }
    GOLDEN.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
