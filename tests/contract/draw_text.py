"""Draws pictures with text on them, and writes what Python reads on them.

`python -m tests.contract.draw_text`, with the analyzer installed
(`python -m export third-party text`). Every implementation reads the same, within the
tolerances of the card.
"""

import json
from pathlib import Path

from PIL import Image

from export.third_party.drawn_text import draw_lines
from photo_interests.analysis.location import cache_folder
from photo_interests.analysis.rows import TextLine
from photo_interests.analysis.text.text_reader import TextReader
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from tests.contract.draw_detections import DIGITS, sides
from training.experiments.analyzers.drawn_text import RECEIPT

PICTURES = Path(__file__).with_name("text")
GOLDEN = Path(__file__).with_name("text.json")
PRIVATE = (
    "Card 4111 1111 1111 1111",
    "IBAN DE89 3704 0044 0532 0130 00",
    "Thank you",
)
ORIENTATION, ROTATE_90 = 0x0112, 6
DRAWN = {
    "receipt": lambda: draw_lines(RECEIPT, size=16, width=360),
    "turned": lambda: draw_lines(RECEIPT[:6], size=18, width=380, angle=8),
    "upwards": lambda: draw_lines(RECEIPT[:4], size=18, width=340).transpose(
        Image.Transpose.ROTATE_90
    ),
    "German": lambda: draw_lines(("Straße für Äpfel & Öl", "Größe: 12 €"), width=420),
    "private": lambda: draw_lines(PRIVATE, size=20, width=420),
    "lying": lambda: draw_lines(RECEIPT[:4], size=18, width=340).transpose(
        Image.Transpose.ROTATE_90
    ),
    "empty": lambda: Image.new("RGB", (300, 200), (180, 190, 200)),
}
"""The picture that lies on its side says in its file how it is turned upright."""


def open_picture(name: str) -> Image.Image:
    """A committed picture, decoded as photos are."""
    return decode(PICTURES / f"{name}.png", INPUT_RULE).image


def rows(lines: tuple[TextLine, ...]) -> list[list[str | float]]:
    """Text, score, left, top, width and height of each line."""
    return [[one.text, round(one.score, DIGITS), *sides(one.box)] for one in lines]


def main() -> None:
    """Draw the pictures and write the golden file."""
    PICTURES.mkdir(exist_ok=True)
    reader = TextReader(cache_folder() / "text")
    golden = {}
    for name, draw in DRAWN.items():
        exif = Image.Exif()
        if name == "lying":
            exif[ORIENTATION] = ROTATE_90
        draw().save(PICTURES / f"{name}.png", optimize=True, exif=exif)
        golden[name] = rows(reader.read(open_picture(name)))
    lines = ",\n".join(
        f" {json.dumps(name)}: {json.dumps(golden[name], ensure_ascii=False)}"
        for name in golden
    )
    GOLDEN.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
