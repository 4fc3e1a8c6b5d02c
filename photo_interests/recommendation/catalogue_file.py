"""The file of a catalogue: products, their features, interests and small pictures.

A zip that a few lines of any language read, with nothing compressed, so that parts can
be mapped into memory::

    catalogue.json        {"format": 2, "bundle": {"name", "version",
                           "extractor_sha256", "aggregator_sha256"}, "dimension": int,
                           "interests": [id], "items": int,
                           "files": {name: {"sha256", "bytes"}}},
                           and, where they are known, "publisher" (a name) and "made"
                           (a date, 2026-11-30)
    items.jsonl           one product a line, in the order of the rows below:
                           {"id", "title", "link", "stamp", "interests": [[index,
                           probability]], largest first, "thumbnail": sha256 or
                           null}
    features.bin          uint8 (items, dimension), as the bundle stores photos
    thumbnails/<row>.webp 192 x 192 pixels, for each item whose line has its hash

`interests` index the card's categories; those below .005 are dropped. Features of
another extractor mean nothing to a bundle, so a reader compares `extractor_sha256` with
its own card. `files` lists all but catalogue.json and the thumbnails.
"""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import Card
from photo_interests.files import write_atomically

FORMAT = 2
ABOUT, ITEMS, FEATURES = "catalogue.json", "items.jsonl", "features.bin"
SUFFIX = ".catalogue"
LEAST_INTEREST = 0.005
# A fixed date, so that the same catalogue gives the same bytes.
DATE = (1980, 1, 1, 0, 0, 0)


class CatalogueError(ValueError):
    """A file that is no catalogue, or one of another bundle."""


@dataclass(frozen=True)
class Item:
    """A product in a catalogue.

    Attributes:
        id: Identifier given by the owner.
        title: Name for people.
        link: Web address of the product, or "".
        stamp: See `Product`.
        thumbnail: WebP, or b"".
    """

    id: str
    title: str
    link: str
    stamp: str
    thumbnail: bytes


@dataclass(frozen=True)
class Origin:
    """Where a catalogue comes from.

    Attributes:
        publisher: Name of whoever publishes the products, or "".
        made: Day on which it was made, or None.
    """

    publisher: str = ""
    made: date | None = None


@dataclass(frozen=True)
class Catalogue:
    """Products ready to be ranked.

    Attributes:
        items: Products, in the order of the rows below.
        features: Stored features of the pictures, uint8 `(items, dimension)`.
        interests: Probability of each interest `(items, interests)`.
        origin: Who published it, and when.
    """

    items: tuple[Item, ...]
    features: NDArray[np.uint8]
    interests: NDArray[np.float32]
    origin: Origin = Origin()


def write_catalogue(path: Path, catalogue: Catalogue, card: Card) -> None:
    """Write a catalogue, whole or not at all.

    Args:
        path: File to write.
        catalogue: Products with their features.
        card: Card of the bundle the features are of.
    """
    write_atomically(path, catalogue_bytes(catalogue, card))


def catalogue_bytes(catalogue: Catalogue, card: Card) -> bytes:
    """Return the content of a catalogue's file; the same one gives the same bytes.

    Args:
        catalogue: Products with their features.
        card: Card of the bundle the features are of.
    """
    lines = "".join(
        json.dumps(_line(item, row), ensure_ascii=False) + "\n"
        for item, row in zip(catalogue.items, catalogue.interests, strict=True)
    )
    # A name that is not UTF-8 becomes an escape, which JSON spells the same way.
    encoded = lines.encode("utf-8", "backslashreplace")
    parts = {ITEMS: encoded, FEATURES: catalogue.features.tobytes()}
    about = {
        "format": FORMAT,
        "bundle": _bundle(card),
        "dimension": card.features.dimension,
        "interests": [category.id for category in card.interests],
        "items": len(catalogue.items),
        "files": {name: _record(content) for name, content in parts.items()},
        **_origin_fields(catalogue.origin),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(ABOUT, DATE), json.dumps(about, indent=1))
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, DATE), part)
        for row, item in enumerate(catalogue.items):
            if item.thumbnail:
                archive.writestr(zipfile.ZipInfo(_thumbnail(row), DATE), item.thumbnail)
    return content.getvalue()


def read_catalogue(path: Path, card: Card, thumbnails: bool = True) -> Catalogue:
    """Read a catalogue and check it.

    Args:
        path: File of the catalogue.
        card: Card of the bundle the features must be of.
        thumbnails: Whether to read the thumbnails too; else they are empty.

    Raises:
        FileNotFoundError: There is no such file.
        CatalogueError: No catalogue, a damaged one, or one of another bundle.
    """
    with path.open("rb") as file:
        try:
            return _read(path, file, card, thumbnails)
        except CatalogueError:
            raise
        except Exception as error:
            # Damaged archives and JSON of another form raise nearly every kind.
            raise CatalogueError(
                f"{path}: expected a catalogue, received {error or type(error)}"
            ) from error


def _read(path: Path, file: BinaryIO, card: Card, thumbnails: bool) -> Catalogue:
    with zipfile.ZipFile(file) as archive:
        if any(each.compress_type != zipfile.ZIP_STORED for each in archive.infolist()):
            raise CatalogueError(f"{path}: expected a zip without compression")
        about = _about(path, archive, card)
        parts = {name: archive.read(name) for name in (ITEMS, FEATURES)}
        for name, content in parts.items():
            if _record(content) != about["files"].get(name):
                raise CatalogueError(
                    f"{path}: expected {name} as catalogue.json records it, "
                    f"received {_record(content)}"
                )
        rows = [json.loads(line) for line in parts[ITEMS].splitlines()]
        items = tuple(
            _item(row, _small(path, archive, n, row) if thumbnails else b"")
            for n, row in enumerate(rows)
        )
    features = np.frombuffer(parts[FEATURES], np.uint8)
    shape = (about["items"], card.features.dimension)
    if features.size != shape[0] * shape[1] or len(items) != shape[0]:
        raise CatalogueError(
            f"{path}: expected {shape[0]} items of {shape[1]} features, received "
            f"{len(items)} items and {features.size} features"
        )
    interests = np.zeros((len(items), len(card.interests)), np.float32)
    for number, row in enumerate(rows):
        for index, probability in row["interests"]:
            if not (0 <= index < len(card.interests) and 0 <= probability <= 1):
                raise CatalogueError(f"{path}, item {number}: no such interest")
            interests[number, index] = probability
    return Catalogue(items, features.reshape(shape), interests, _origin(about))


def _about(path: Path, archive: zipfile.ZipFile, card: Card) -> dict[str, Any]:
    about = json.loads(archive.read(ABOUT))
    if about.get("format") != FORMAT:
        raise CatalogueError(
            f"{path}: expected format {FORMAT}, received {about.get('format')}"
        )
    if about["bundle"] != _bundle(card):
        made, own = about["bundle"], _bundle(card)
        raise CatalogueError(
            f"{path}: expected a catalogue made with {own['name']} {own['version']}, "
            f"received one of {made['name']} {made['version']}: make it again"
        )
    return about


def _origin_fields(origin: Origin) -> dict[str, str]:
    fields = {"publisher": origin.publisher}
    if origin.made is not None:
        fields["made"] = origin.made.isoformat()
    return {name: value for name, value in fields.items() if value}


def _origin(about: dict[str, Any]) -> Origin:
    publisher, made = about.get("publisher", ""), about.get("made")
    if not isinstance(publisher, str):
        raise TypeError(f"publisher: expected a name, received {publisher!r}")
    return Origin(publisher, None if made is None else date.fromisoformat(made))


def _bundle(card: Card) -> dict[str, str]:
    return {
        "name": card.name,
        "version": card.version,
        "extractor_sha256": card.files[card.extractor.file].sha256,
        "aggregator_sha256": card.files[card.aggregator.run_file].sha256,
    }


def _line(item: Item, interests: NDArray[np.float32]) -> dict[str, Any]:
    order = np.argsort(-interests, kind="stable")
    kept = [index for index in order if interests[index] >= LEAST_INTEREST]
    return {
        "id": item.id,
        "title": item.title,
        "link": item.link,
        "stamp": item.stamp,
        "interests": [[int(i), round(float(interests[i]), 4)] for i in kept],
        "thumbnail": _sha256(item.thumbnail) if item.thumbnail else None,
    }


def read_thumbnail(path: Path, row: int) -> bytes:
    """The small picture of one item, WebP; b"" where there is none."""
    with zipfile.ZipFile(path) as archive:
        try:
            return archive.read(_thumbnail(row))
        except KeyError:
            return b""


def _small(
    path: Path, archive: zipfile.ZipFile, number: int, row: dict[str, Any]
) -> bytes:
    if row["thumbnail"] is None:
        return b""
    name = _thumbnail(number)
    content = archive.read(name)
    if _sha256(content) != row["thumbnail"]:
        raise CatalogueError(
            f"{path}: expected {name} with SHA-256 {row['thumbnail']}, "
            f"received {_sha256(content)}"
        )
    return content


def _item(row: dict[str, Any], thumbnail: bytes) -> Item:
    return Item(row["id"], row["title"], row["link"], row["stamp"], thumbnail)


def _thumbnail(row: int) -> str:
    return f"thumbnails/{row:06}.webp"


def _record(content: bytes) -> dict[str, Any]:
    return {"sha256": _sha256(content), "bytes": len(content)}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
