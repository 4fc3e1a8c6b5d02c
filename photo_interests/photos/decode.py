"""Photo files of any kind to upright sRGB images.

What is read and what is refused is written down in
`docs/decisions/0021-damaged-and-odd-files.md`.
"""

import stat
import warnings
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pillow_heif
from PIL import Image, UnidentifiedImageError

from photo_interests.bundle.card_sections import Input, ReducedDecode
from photo_interests.photos import cut_jpeg, heif_boxes, odd_png
from photo_interests.photos.colours import UnsupportedError, check_mode, to_srgb
from photo_interests.photos.orientation import ORIENTATION, exif_orientation
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.time_taken import time_taken

# Decoders that never run another program; EPS, for one, would call Ghostscript.
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP", "TIFF", "AVIF")
# Phones take photos of 200 megapixels. More is a mistake or an attack.
MAXIMUM_PIXELS = 220_000_000
# What is really decoded, after a JPEG was shrunk: 4 bytes each, in each process.
MAXIMUM_DECODED_PIXELS = 64_000_000
# Above this only a reduced copy exists beside the decoded pixels.
MAXIMUM_COPIED_PIXELS = 16_000_000
# A progressive JPEG is decoded from all of its coefficients, however far it is shrunk.
MAXIMUM_COEFFICIENT_BYTES = 640_000_000

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


class DecodedImage(NamedTuple):
    """Pixels and time of a photo.

    Attributes:
        image: Upright image of mode RGB.
        taken: When it was taken, if its file gives a time; see `time_taken`.
    """

    image: Image.Image
    taken: datetime | None


def decode(path: Path, rule: Input) -> DecodedImage:
    """Decode a photo.

    The first frame of an animation; a JPEG reduced while decoding, by `rule`;
    colours to sRGB by the embedded profile; transparency over the background;
    turned upright.

    Args:
        path: JPEG, PNG, WebP, HEIC, GIF, BMP, TIFF or AVIF.
        rule: `input` section of a card; height and width are not used here.

    Raises:
        PhotoError: The file is missing, empty, huge, broken, cut off or no photo.
    """
    check_file(path)
    # Damaged metadata makes Pillow warn about photos that read perfectly well.
    with warnings.catch_warnings(action="ignore"):
        try:
            return _decode(path, path, rule)
        except PhotoError:
            raise
        except (MemoryError, Image.DecompressionBombError) as error:
            raise PhotoError(path, "too large to decode") from error
        except Exception as error:
            # Broken files make decoders raise nearly every kind of exception.
            return _decode_repaired(path, rule, error)


def _decode(path: Path, source: Path | BytesIO, rule: Input) -> DecodedImage:
    with Image.open(source, formats=FORMATS) as image:
        _check_pixels(path, image, MAXIMUM_PIXELS)
        if _is_raw(image):
            raise PhotoError(path, "unsupported: a raw photo without a preview")
        _check_coefficients(path, image)
        _shrink(image, rule.reduced_decode)
        if image.format in ("HEIF", "AVIF") and _is_huge(image) and source is path:
            content = heif_boxes.preview(path)
            if content is not None:
                preview = _decode(path, BytesIO(content), rule)
                return preview._replace(taken=time_taken(image))
        _check_pixels(path, image, MAXIMUM_DECODED_PIXELS)
        try:
            check_mode(image)
        except UnsupportedError as error:
            raise PhotoError(path, str(error)) from error
        image.load()
        if isinstance(source, BytesIO):
            cut_jpeg.check_rows(path, image)
        factor = 1
        if image.width * image.height > MAXIMUM_COPIED_PIXELS:
            factor = _factor(image, rule.reduced_decode)
        box = heif_boxes.clean_aperture(path) if image.format == "AVIF" else None
        visible = image if box is None else image.crop(box)
        upright = _upright(to_srgb(visible, rule.background, factor), image)
        return DecodedImage(upright, time_taken(image))


def _decode_repaired(path: Path, rule: Input, error: Exception) -> DecodedImage:
    """Try again without what decides nothing about the pixels."""
    unidentified = isinstance(error, UnidentifiedImageError)
    try:
        content = cut_jpeg.completed(path) or odd_png.essential(path)
        if content is not None:
            return _decode(path, BytesIO(content), rule)
    except PhotoError:
        raise
    except Exception as second:
        error, unidentified = second, False
    if unidentified:
        raise PhotoError(path, "not a photo, or of a kind that is not read") from error
    raise PhotoError(path, f"broken: {error or type(error).__name__}") from error


def check_file(path: Path) -> None:
    """Check that a file can be read at all.

    Args:
        path: The file.

    Raises:
        PhotoError: It is missing, empty, no regular file, or may not be read.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise PhotoError.unopened(path, error) from error
    # Opening a pipe would wait for ever.
    if not stat.S_ISREG(status.st_mode):
        raise PhotoError(path, "not a regular file")
    if status.st_size == 0:
        raise PhotoError(path, "empty file")
    try:
        path.open("rb").close()
    except OSError as error:
        raise PhotoError.unopened(path, error) from error


def _is_huge(image: Image.Image) -> bool:
    return image.width * image.height > MAXIMUM_DECODED_PIXELS


def _check_pixels(path: Path, image: Image.Image, limit: int) -> None:
    if image.width * image.height > limit:
        raise PhotoError(
            path,
            f"too large to decode: {image.width} x {image.height} pixels, "
            f"expected at most {limit // 1_000_000} megapixels",
        )


def _check_coefficients(path: Path, image: Image.Image) -> None:
    """Bound the memory that libjpeg takes for a progressive file."""
    layers = getattr(image, "layer", None)
    if not layers or not image.info.get("progressive"):
        return
    widest = max(layer[1] for layer in layers) * max(layer[2] for layer in layers)
    samples = sum(layer[1] * layer[2] for layer in layers)
    needed = 2 * image.width * image.height * samples // widest
    if needed > MAXIMUM_COEFFICIENT_BYTES:
        raise PhotoError(
            path,
            f"too large to decode: a progressive JPEG of {image.width} x "
            f"{image.height} pixels needs {needed // 1_000_000} MB",
        )


def _is_raw(image: Image.Image) -> bool:
    """Whether the first picture of a DNG is the sensor's, not a preview."""
    dng_version, subfile_type = 50706, 254
    tags = getattr(image, "tag_v2", {})
    return dng_version in tags and tags.get(subfile_type, 0) != 1


def _factor(image: Image.Image, rule: ReducedDecode) -> int:
    side = min(image.size)
    fitting = [factor for factor in rule.factors if side >= factor * rule.minimum_side]
    return max(fitting, default=1)


def _shrink(image: Image.Image, rule: ReducedDecode) -> None:
    """Let libjpeg decode at 1/2, 1/4 or 1/8; other formats have no such way."""
    factor = _factor(image, rule)
    if factor > 1:
        image.draft(None, (image.width // factor, image.height // factor))


def _upright(image: Image.Image, file: Image.Image) -> Image.Image:
    block = file.info.get("exif")
    if isinstance(block, bytes):
        orientation = exif_orientation(block)
    else:
        orientation = getattr(file, "tag_v2", {}).get(ORIENTATION, 1)
    transposition = TRANSPOSITIONS.get(orientation)
    return image if transposition is None else image.transpose(transposition)
