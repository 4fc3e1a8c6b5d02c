"""Draws pictures with things to find, and writes what Python's detectors find on them.

`python -m tests.contract.draw_detections`, with the detectors installed
(`python -m export third-party faces objects`). Each picture comes with the hash of its
pixels in the detectors' square: every implementation fits photos into it alike; and
with the sentence that is composed of what was found.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from photo_interests.analysis.card import AnalyzerCard, load_analyzer
from photo_interests.analysis.description.sentence import describe_photo
from photo_interests.analysis.description.words import WORDS
from photo_interests.analysis.detector import Detector
from photo_interests.analysis.location import cache_folder
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.rows import Box, Detection, PhotoRow
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from tests.photo_interests.analysis.drawn_scenes import clock, face
from tests.photo_interests.analysis.stored_models import StoredModels

PICTURES = Path(__file__).with_name("detections")
GOLDEN = Path(__file__).with_name("detections.json")
SIDE, BACKGROUND = 320, (114, 114, 114)
DIGITS = 4


def beside(first: Image.Image, second: Image.Image) -> Image.Image:
    """Two pictures of one height side by side."""
    image = Image.new("RGB", (first.width + second.width, first.height))
    image.paste(first)
    image.paste(second, (first.width, 0))
    return image


def three_faces() -> Image.Image:
    """A group: one face is larger than the others."""
    image = Image.new("RGB", (720, 300), (196, 206, 214))
    for side, left in ((240, 0), (200, 250), (220, 480)):
        image.paste(face(side), (left, 300 - side))
    return image


def smaller(image: Image.Image) -> Image.Image:
    """Two of a kind then have scores that differ, and so an order."""
    wall = Image.new("RGB", image.size, image.getpixel((0, 0)))
    wall.paste(image.resize((image.width // 2, image.height // 2)))
    return wall


DRAWN = {
    "face": face,
    "clock": clock,
    "face_and_clock": lambda: beside(face(), clock()),
    "clock_above_face": lambda: beside(
        clock().transpose(Image.Transpose.ROTATE_90),
        face().transpose(Image.Transpose.ROTATE_90),
    ).transpose(Image.Transpose.ROTATE_270),
    "three_faces": three_faces,
    "two_clocks": lambda: beside(clock(), smaller(clock())),
    "wall": lambda: Image.linear_gradient("L").resize((300, 200)).convert("RGB"),
}


def open_picture(name: str) -> DecodedPhoto:
    """A committed picture, decoded as photos are."""
    path = PICTURES / f"{name}.png"
    return DecodedPhoto(path, decode(path, INPUT_RULE).image, StoredModels())


def square(photo: DecodedPhoto) -> dict[str, object]:
    """Size and hash of a picture in the detectors' square."""
    fitted = photo.letterbox(SIDE, BACKGROUND)
    sha256 = hashlib.sha256(fitted.pixels.tobytes()).hexdigest()
    return {"width": fitted.width, "height": fitted.height, "sha256": sha256}


def sides(box: Box) -> list[float]:
    """Left, top, width and height of a box, rounded."""
    values = (box.left, box.top, box.width, box.height)
    return [round(value, DIGITS) for value in values]


def rows(detections: tuple[Detection, ...]) -> list[list[float]]:
    """Label, score, left, top, width and height of each."""
    return [
        [one.label, round(one.score, DIGITS), *sides(one.box)] for one in detections
    ]


def sentences(
    found: Mapping[str, tuple[Detection, ...]], cards: Mapping[str, AnalyzerCard]
) -> dict[str, str]:
    """The sentence about a photo in each language that Python has."""
    row = PhotoRow(Path("drawn.png"), objects=found["objects"], faces=found["faces"])
    return {language: describe_photo(row, cards, language) for language in WORDS}


def main() -> None:
    """Draw the pictures and write the golden file."""
    PICTURES.mkdir(exist_ok=True)
    folders = {name: cache_folder() / name for name in ("faces", "objects")}
    detectors = {name: Detector(folder, name) for name, folder in folders.items()}
    cards = {name: load_analyzer(folder, name) for name, folder in folders.items()}
    golden = {}
    for name, draw in DRAWN.items():
        draw().save(PICTURES / f"{name}.png", optimize=True)
        photo = open_picture(name)
        found = {key: detect(photo) for key, detect in detectors.items()}
        golden[name] = {
            "square": square(photo),
            **{key: rows(detections) for key, detections in found.items()},
            "sentence": sentences(found, cards),
        }
    lines = ",\n".join(
        f" {json.dumps(name)}: {json.dumps(golden[name], ensure_ascii=False)}"
        for name in golden
    )
    GOLDEN.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
