"""Photo files of any kind to upright sRGB images."""

import stat
import warnings
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image, ImageCms, UnidentifiedImageError

from photo_interests.bundle.card_sections import Input, ReducedDecode
from photo_interests.photos.photo_error import PhotoError

# Decoders that never run another program; EPS, for one, would call Ghostscript.
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP", "TIFF", "AVIF")
# Phones take photos of 200 megapixels. More is a mistake or an attack.
MAXIMUM_PIXELS = 220_000_000
# What is really decoded, after a JPEG was shrunk: 4 bytes each, in each process.
MAXIMUM_DECODED_PIXELS = 64_000_000

ORIENTATION = 0x0112  # the EXIF tag
TRANSPOSITIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

pillow_heif.register_heif_opener()
# The limits are ours: Pillow's own would refuse the photos of current phones.
Image.MAX_IMAGE_PIXELS = MAXIMUM_PIXELS


def decode(path: Path, rule: Input) -> Image.Image:
    """Decode a photo.

    The first frame of an animation; a JPEG shrunk while decoding as `rule` says;
    colours to sRGB by the embedded profile; transparency over the background;
    turned upright.

    Args:
        path: JPEG, PNG, WebP, HEIC, GIF, BMP, TIFF or AVIF.
        rule: a card's `input`; height and width are not used here.

    Returns:
        An image of mode RGB.

    Raises:
        PhotoError: the file is missing, empty, huge, broken or no photo.
    """
    _check_file(path)
    try:
        # Damaged metadata makes Pillow warn about photos that read perfectly well.
        with warnings.catch_warnings(action="ignore"):
            with Image.open(path, formats=FORMATS) as image:
                _check_pixels(path, image, MAXIMUM_PIXELS)
                _shrink(image, rule.reduced_decode)
                _check_pixels(path, image, MAXIMUM_DECODED_PIXELS)
                image.load()
                return _upright(_to_srgb(image, rule.background), image)
    except PhotoError:
        raise
    except UnidentifiedImageError as error:
        raise PhotoError(path, "not a photo, or of a kind that is not read") from error
    except (MemoryError, Image.DecompressionBombError) as error:
        raise PhotoError(path, "too large to decode") from error
    except Exception as error:
        # Broken files make decoders raise nearly every kind of exception.
        raise PhotoError(path, f"broken: {error or type(error).__name__}") from error


def _check_file(path: Path) -> None:
    try:
        status = path.stat()
    except OSError as error:
        raise PhotoError(path, f"cannot be opened: {error.strerror}") from error
    # Opening a pipe would wait for ever.
    if not stat.S_ISREG(status.st_mode):
        raise PhotoError(path, "not a regular file")
    if status.st_size == 0:
        raise PhotoError(path, "empty file")


def _check_pixels(path: Path, image: Image.Image, limit: int) -> None:
    if image.width * image.height > limit:
        raise PhotoError(
            path,
            f"too large to decode: {image.width} x {image.height} pixels, "
            f"expected at most {limit // 1_000_000} megapixels",
        )


def _shrink(image: Image.Image, rule: ReducedDecode) -> None:
    """Let libjpeg decode at 1/2, 1/4 or 1/8; other formats have no such way."""
    side = min(image.size)
    fitting = [factor for factor in rule.factors if side >= factor * rule.minimum_side]
    factor = max(fitting, default=1)
    if factor > 1:
        image.draft(None, (image.width // factor, image.height // factor))


def _to_srgb(image: Image.Image, background: tuple[int, int, int]) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        canvas = Image.new("RGB", image.size, background)
        colours = _convert_colours(image.convert("RGB"), profile)
        canvas.paste(colours, mask=image.getchannel("A"))
        return canvas
    return _convert_colours(_to_eight_bits(image), profile)


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Keep the high byte of 16-bit grey, which Pillow would clip instead."""
    if image.mode.startswith("I"):
        high = np.clip(np.asarray(image), 0, 0xFFFF).astype(np.uint16) >> 8
        return Image.fromarray(high.astype(np.uint8))
    return image


def _convert_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "CMYK" if image.mode == "CMYK" else "L" if image.mode == "L" else "RGB"
    transform = _to_srgb_transform(profile, mode) if profile else None
    if transform is None:
        return _in_mode(image, "RGB")
    return ImageCms.applyTransform(_in_mode(image, mode), transform) or image


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    """Convert; Pillow by itself would copy an image that has the mode already."""
    return image if image.mode == mode else image.convert(mode)


@lru_cache(maxsize=8)
def _to_srgb_transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """None where the profile is damaged or meant for another kind of image."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(source, target, mode, "RGB")
    except (ImageCms.PyCMSError, OSError):
        return None


def _upright(image: Image.Image, file: Image.Image) -> Image.Image:
    try:
        orientation = file.getexif().get(ORIENTATION, 1)
    except Exception:
        # Damaged EXIF is common, and says nothing about the picture.
        orientation = 1
    transposition = TRANSPOSITIONS.get(orientation)
    return image if transposition is None else image.transpose(transposition)
