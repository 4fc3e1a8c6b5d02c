"""Small pictures of the user's own photos, for the page made for them."""

import base64
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from photo_interests.bundle.card_sections import Input
from photo_interests.photos.decode import decode

QUALITY = 72


def make_thumbnail(path: Path, rule: Input, width: int, height: int) -> str:
    """Picture of a photo that fills a frame, as a `data:` address.

    Args:
        path: the photo.
        rule: how to decode it; a card's `input`.
        width: of the frame in pixels; what stands out of it is cut off.
        height: of the frame in pixels.

    Raises:
        PhotoError: the photo cannot be read (any more).
    """
    return data_address(thumbnail_bytes(path, rule, width, height))


def data_address(webp: bytes) -> str:
    """A `data:` address of a WebP file."""
    return f"data:image/webp;base64,{base64.b64encode(webp).decode()}"


def thumbnail_bytes(path: Path, rule: Input, width: int, height: int) -> bytes:
    """The same picture as the content of a WebP file.

    Raises:
        PhotoError: the photo cannot be read (any more).
    """
    shrink = rule.reduced_decode.model_copy(update={"minimum_side": max(width, height)})
    image = decode(path, rule.model_copy(update={"reduced_decode": shrink}))
    # Faces and things are mostly above the middle of an upright photo.
    framed = ImageOps.fit(
        image, (width, height), Image.Resampling.LANCZOS, centering=(0.5, 0.4)
    )
    content = BytesIO()
    framed.save(content, "WEBP", quality=QUALITY)
    return content.getvalue()
