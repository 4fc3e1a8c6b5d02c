"""Small pictures of photos and products, for pages and catalogues."""

import base64
from io import BytesIO

from PIL import Image, ImageOps

QUALITY = 72


def make_thumbnail(image: Image.Image, width: int, height: int) -> bytes:
    """Return a picture that fills a frame, as a WebP file.

    Args:
        image: RGB image.
        width: Width of the frame in pixels; what does not fit is cropped.
        height: Height of the frame in pixels.
    """
    # Faces and things are mostly above the middle of an upright photo.
    framed = ImageOps.fit(
        image, (width, height), Image.Resampling.LANCZOS, centering=(0.5, 0.4)
    )
    return _webp(framed)


def make_whole_thumbnail(image: Image.Image, side: int) -> bytes:
    """Return all of a picture, small, as a WebP file.

    Args:
        image: RGB image.
        side: Longest side in pixels.
    """
    return _webp(ImageOps.contain(image, (side, side), Image.Resampling.LANCZOS))


def _webp(image: Image.Image) -> bytes:
    content = BytesIO()
    image.save(content, "WEBP", quality=QUALITY)
    return content.getvalue()


def data_address(webp: bytes) -> str:
    """Return the `data:` address of a WebP file."""
    return f"data:image/webp;base64,{base64.b64encode(webp).decode()}"
