"""What happens to photos in life: each alteration takes and gives 224 x 224 pixels."""

from collections.abc import Callable

from PIL import Image, ImageEnhance, ImageFilter

from training.experiments.robustness.background_images.drawing import (
    Random,
    canvas,
    colour,
    text_lines,
)

Alteration = Callable[[Random, Image.Image], Image.Image]


def _blurred(radius: float) -> Alteration:
    return lambda random, photo: photo.filter(ImageFilter.GaussianBlur(radius))


def _darker(share: float) -> Alteration:
    return lambda random, photo: ImageEnhance.Brightness(photo).enhance(share)


def _smaller(share: float) -> Alteration:
    def shrink(random: Random, photo: Image.Image) -> Image.Image:
        """Put the whole photo, smaller, somewhere on a plain ground."""
        side = round(share * photo.width)
        ground = Image.new("RGB", photo.size, colour(random))
        left, top = random.integers(0, photo.width - side, 2).tolist()
        ground.paste(photo.resize((side, side), Image.Resampling.BILINEAR), (left, top))
        return ground

    return shrink


def _screenshot(random: Random, photo: Image.Image) -> Image.Image:
    """Show the photo in an application: bars above and below, lines of text."""
    screen, draw = canvas(colour(random, 225))
    draw.rectangle((0, 0, photo.width, 22), fill=colour(random))
    screen.paste(photo.resize((photo.width, 134), Image.Resampling.BILINEAR), (0, 26))
    text_lines(random, draw, (10, 168, 214, 200), 5, (70, 70, 70))
    draw.rectangle((0, 204, photo.width, photo.height), fill=colour(random, 180))
    return screen


def _turned(degrees: float) -> Alteration:
    return lambda random, photo: photo.rotate(degrees, Image.Resampling.BILINEAR)


ALTERATIONS: dict[str, Alteration] = {
    "as they are": lambda random, photo: photo,
    "slightly blurred (radius 2)": _blurred(2),
    "blurred (radius 4)": _blurred(4),
    "a quarter of the light": _darker(0.25),
    "a tenth of the light": _darker(0.1),
    "half as wide, on a plain ground": _smaller(0.5),
    "a quarter as wide, on a plain ground": _smaller(0.25),
    "in a screenshot": _screenshot,
    "turned by 10 degrees": _turned(10),
    "turned by 90 degrees": _turned(90),
}
"""By what the reports call them; sizes are of 224 pixels."""
