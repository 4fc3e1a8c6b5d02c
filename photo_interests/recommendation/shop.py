"""Opens the catalogue of a shop, and builds or refreshes it where that is needed."""

import hashlib
import logging
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from photo_interests.output_file import OutputFile
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.progress import PhotoProgress, no_progress
from photo_interests.recommendation.catalogue_build import Update, update_catalogue
from photo_interests.recommendation.catalogue_file import (
    SUFFIX,
    Catalogue,
    Origin,
    catalogue_bytes,
    read_catalogue,
)
from photo_interests.recommendation.products import find_products

logger = logging.getLogger(__name__)


def open_catalogue(
    products: Path, reader: PhotoReader, progress: PhotoProgress = no_progress
) -> tuple[Path, Update | None]:
    """Return the catalogue file of a shop, built or refreshed if it is not one.

    Args:
        products: A `.catalogue` file, a folder of pictures or a `.parquet` table.
        reader: Feature extractor of the bundle.
        progress: Shows how many pictures have been read.

    Returns:
        The file, and what the refresh changed; None for a `.catalogue` file.

    Raises:
        FileNotFoundError: There is no such file, folder or table.
        ValueError: It has no product, a row of its table is invalid, or the file is
            damaged or of another bundle.
    """
    if products.suffix == SUFFIX:
        # Now, not after an hour of photos.
        read_catalogue(products, reader.card, thumbnails=False)
        return products, None
    file = cached_catalogue(products, reader.card.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    output = OutputFile.check(file)
    return file, refresh_catalogue(products, output, reader, progress=progress)


def refresh_catalogue(
    products: Path,
    file: OutputFile,
    reader: PhotoReader,
    thumbnails: bool = True,
    progress: PhotoProgress = no_progress,
    publisher: str = "",
) -> Update:
    """Write the catalogue of a folder or table; reads only new and changed pictures.

    Args:
        products: A folder of pictures or a `.parquet` table.
        file: Catalogue to write; what it holds already is used.
        reader: Feature extractor of the bundle.
        thumbnails: Whether the catalogue keeps a small picture of each product.
        progress: Shows how many pictures have been read.
        publisher: Who publishes the products; the app shows it with today's date.

    Raises:
        FileNotFoundError: There is no such folder or table.
        ValueError: It has no product, or a row of its table is invalid.
    """
    found = find_products(products)
    old = _old_catalogue(file.target, reader) if file.replaced else None
    with progress(len(found.products)) as on_picture:
        update = update_catalogue(old, found.products, reader, on_picture, thumbnails)
    made = replace(update.catalogue, origin=Origin(publisher, date.today()))
    file.write(catalogue_bytes(made, reader.card))
    return replace(
        update,
        catalogue=made,
        skipped=(*found.skipped, *update.skipped),
        notes=(*found.notes, *update.notes),
    )


def cached_catalogue(products: Path, bundle: str) -> Path:
    """Return where the catalogue of a folder or table is kept between runs.

    Args:
        products: The folder or table.
        bundle: Name of the bundle.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    digest = hashlib.sha256(str(products.resolve()).encode()).hexdigest()[:16]
    return cache / "photo-interests" / f"{bundle}-{digest}{SUFFIX}"


def _old_catalogue(file: Path, reader: PhotoReader) -> Catalogue | None:
    if not file.exists():
        return None
    try:
        return read_catalogue(file, reader.card)
    except ValueError as error:  # of another bundle, or damaged
        logger.warning("rebuilt: %s", error)
        return None
