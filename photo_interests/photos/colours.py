"""Pixels of any mode to 8-bit sRGB over a background."""

from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

STRIP_PIXELS = 4_000_000
SIXTEEN_BITS = ("I;16", "I;16L", "I;16B", "I;16N")
GREY = ("1", "L", "LA", "La", *SIXTEEN_BITS)
Background = tuple[int, int, int]


class UnsupportedError(ValueError):
    """Pixels of an unknown range: they could be read as anything."""


def check_mode(image: Image.Image) -> None:
    """Check that the pixels have a meaning.

    Raises:
        UnsupportedError: Floating-point numbers or 32-bit integers.
    """
    if image.mode == "F":
        raise UnsupportedError("unsupported: floating-point pixels")
    if image.mode.startswith("I") and image.mode not in SIXTEEN_BITS:
        raise UnsupportedError("unsupported: pixels of 32-bit integers")


def to_srgb(image: Image.Image, background: Background, factor: int) -> Image.Image:
    """Convert to sRGB by the embedded profile, transparency over a background.

    Args:
        image: Decoded image of any mode that `check_mode` accepts.
        background: RGB bytes.
        factor: Divides width and height. Above 1 the image is converted strip by
            strip, so that no copy of it at full size is needed.

    Returns:
        An image of mode RGB.
    """
    if factor == 1:
        return _convert(image, background)
    result = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    rows = factor * max(1, STRIP_PIXELS // (image.width * factor))
    for top in range(0, image.height, rows):
        box = (0, top, image.width, min(top + rows, image.height))
        strip = _convert(image.crop(box), background)
        result.paste(strip.reduce(factor), (0, top // factor))
    return result


def _convert(image: Image.Image, background: Background) -> Image.Image:
    profile = image.info.get("icc_profile")
    grey = image.mode in GREY
    if image.mode in SIXTEEN_BITS:
        image, alpha = _eight_bits(image)
    elif image.has_transparency_data:
        alpha = _with_key_of_eight_bits(image).convert("RGBA").getchannel("A")
    else:
        alpha = None
    mode = "L" if grey else "CMYK" if image.mode == "CMYK" else "RGB"
    colours = _convert_colours(_without_alpha(image, mode), profile, mode)
    if alpha is None:
        return colours
    canvas = Image.new("RGB", image.size, background)
    canvas.paste(colours, mask=alpha)
    return canvas


def _eight_bits(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """The high byte of 16-bit grey, which Pillow would clip; and what is opaque."""
    samples = np.asarray(image)
    key = image.info.get("transparency")
    alpha = None
    if isinstance(key, int):
        alpha = Image.fromarray(np.where(samples == key, 0, 255).astype(np.uint8))
    small = Image.fromarray((samples >> 8).astype(np.uint8))
    return small, alpha


def _with_key_of_eight_bits(image: Image.Image) -> Image.Image:
    """Give a transparent colour of 16 bits the 8 that Pillow keeps of the pixels."""
    key = image.info.get("transparency")
    if isinstance(key, tuple) and max(key) > 255:
        image.info["transparency"] = tuple(value >> 8 for value in key)
    return image


def _without_alpha(image: Image.Image, mode: str) -> Image.Image:
    """Convert; Pillow by itself would copy an image that has the mode already."""
    return image if image.mode == mode else image.convert(mode)


def _convert_colours(
    image: Image.Image, profile: bytes | None, mode: str
) -> Image.Image:
    transform = _to_srgb_transform(profile, mode) if profile else None
    if transform is None:
        return _without_alpha(image, "RGB")
    return ImageCms.applyTransform(image, transform) or image


@lru_cache(maxsize=8)
def _to_srgb_transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """None where the profile is damaged or meant for another kind of image."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(source, target, mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
