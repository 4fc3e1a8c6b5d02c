"""What pictures are drawn with: words, colours, a sheet seen by a camera."""

from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

Random = np.random.Generator
Colour = tuple[int, int, int]
SIDE = 224
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
FACES = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSerif", "DejaVuSansMono")
WORDS = (
    "the total of your order account number date page invoice tax price to and for is "
    "with this that when you see what people meeting today weather message photo call "
    "settings search home profile music video share open edit list new next please "
    "thank amount cash change table item time monday street phone nobody one does not "
    "simply me every friend after work so good why always be like how it started"
).split()


def seen(
    random: Random,
    sheet: Image.Image,
    photos: list[Image.Image],
    flat: float = 0.4,
    room: tuple[float, float] | None = None,
) -> Image.Image:
    """A scan, or a camera's view of the sheet on a photo of something.

    Args:
        random: Source of chance.
        sheet: What is seen.
        photos: What it may lie on.
        flat: Share of scans.
        room: Least and largest width and height of the view, in those of the sheet;
            1.25 and 1.15 if None.
    """
    if random.random() < flat:
        return sheet
    wide, high = random.uniform(*room, 2) if room else (1.25, 1.15)
    width, height = int(sheet.width * wide), int(sheet.height * high)
    back = photos[int(random.integers(len(photos)))].resize((width, height))
    turned = sheet.convert("RGBA").rotate(
        float(random.normal(0, 8)), Image.Resampling.BILINEAR, expand=True
    )
    x, y = (width - turned.width) // 2, (height - turned.height) // 2
    back.paste(turned, (x, y), turned)
    light = np.linspace(random.uniform(0.6, 1), random.uniform(0.6, 1), width)
    values = np.asarray(back, np.float32) * light[None, :, None]
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def paste(
    random: Random,
    image: Image.Image,
    photos: list[Image.Image],
    box: tuple[int, int, int, int],
) -> None:
    """Put one of the photos into a box."""
    photo = photos[int(random.integers(len(photos)))]
    image.paste(photo.resize((box[2] - box[0], box[3] - box[1])), box[:2])


def draw_text(
    random: Random,
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    words: int | np.integer,
    height: int,
    ink: Colour,
    face: str = FACES[0],
) -> None:
    """Write random words."""
    text = " ".join(random.choice(WORDS, int(words)))
    draw.text(at, text, fill=ink, font=font_of(face, height))


def font_of(face: str, height: int) -> ImageFont.FreeTypeFont:
    """Give a face at a height in pixels."""
    return ImageFont.truetype(str(FONTS / f"{face}.ttf"), height)


def random_grey(random: Random, low: int, high: int) -> Colour:
    """Draw a grey."""
    value = int(random.integers(low, high))
    return value, value, value


def random_colour(random: Random, low: int, high: int) -> Colour:
    """Draw a colour."""
    red, green, blue = random.integers(low, high, 3).tolist()
    return red, green, blue
