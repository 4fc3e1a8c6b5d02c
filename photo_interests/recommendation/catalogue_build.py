"""Makes a catalogue of products, reading only pictures that are new or changed."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import Card
from photo_interests.models.interest_model import InterestModel
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.recommendation.catalogue_file import Catalogue, Item
from photo_interests.recommendation.products import Product

THUMBNAIL = (192, 192)


@dataclass(frozen=True)
class Update:
    """What became of a catalogue.

    Attributes:
        catalogue: The new catalogue.
        read: Number of products whose pictures were read, new or changed.
        dropped: Number of products of the old catalogue that are gone.
        skipped: Pictures and rows that cannot be read, each with the reason.
        notes: What is wrong with products that are in the catalogue nevertheless.
    """

    catalogue: Catalogue
    read: int
    dropped: int
    skipped: tuple[PhotoError, ...]
    notes: tuple[str, ...] = ()


def update_catalogue(
    old: Catalogue | None,
    products: Sequence[Product],
    reader: PhotoReader,
    on_picture: Callable[[PhotoError | None], None] = lambda error: None,
    thumbnails: bool = True,
) -> Update:
    """Bring a catalogue up to date with its products.

    Args:
        old: Catalogue built before with the same bundle, if any.
        products: All products of the shop.
        reader: Feature extractor of the bundle.
        on_picture: Called after each picture read, with its error if there is one.
        thumbnails: Whether to keep a small picture of each product.

    Raises:
        ValueError: No product is left.
    """
    known = {} if old is None else {item.id: n for n, item in enumerate(old.items)}
    given = [_given(reader.card, product) for product in products]
    notes = tuple(
        f"product {product.id!r}: predicted from its picture, since "
        f"{reader.card.name} has no category {product.category!r}"
        for product, category in zip(products, given, strict=True)
        if product.category and category is None
    )
    kept = [
        old is not None
        and product.id in known
        and _is_current(old.items[known[product.id]], product, thumbnails)
        for product in products
    ]
    fresh = [product for product, same in zip(products, kept, strict=True) if not same]
    read, skipped = _read(fresh, reader, on_picture, thumbnails)
    model = InterestModel(reader.bundle, reader.card)
    items, features, interests = [], [], []
    for product, same, category in zip(products, kept, given, strict=True):
        if same:
            assert old is not None
            row = known[product.id]
            item, values, chances = (
                old.items[row],
                old.features[row],
                old.interests[row],
            )
            thumbnail = item.thumbnail if thumbnails else b""
        elif product.id in read:
            values, thumbnail = read[product.id]
            chances = model(values[None]).photo_probabilities[0]
        else:
            continue
        items.append(
            Item(product.id, product.title, product.link, product.stamp, thumbnail)
        )
        features.append(values)
        interests.append(chances if category is None else category)
    if not items:
        raise ValueError(f"no product: none of {len(products)} pictures could be read")
    gone = len(set(known) - {product.id for product in products})
    catalogue = Catalogue(tuple(items), np.stack(features), np.stack(interests))
    return Update(catalogue, len(read), gone, skipped, notes)


def _is_current(item: Item, product: Product, thumbnails: bool) -> bool:
    """Whether what the old catalogue has of a product can be kept."""
    return item.stamp == product.stamp and bool(item.thumbnail or not thumbnails)


def _given(card: Card, product: Product) -> NDArray[np.float32] | None:
    """Interests of the interest or kind that the owner gave, if the card has it."""
    ids = [interest.id for interest in card.interests]
    row = np.zeros(len(ids), np.float32)
    if product.category in ids:
        row[ids.index(product.category)] = 1
        return row
    for kind in card.kinds:
        if kind.id == product.category:
            for interest, weight in kind.interests.items():
                row[ids.index(interest)] = weight
            return row
    return None


def _read(
    products: Sequence[Product],
    reader: PhotoReader,
    on_picture: Callable[[PhotoError | None], None],
    thumbnails: bool,
) -> tuple[dict[str, tuple[NDArray[np.uint8], bytes]], tuple[PhotoError, ...]]:
    """Features and thumbnail of each product, by id, and what cannot be read."""
    read: dict[str, tuple[NDArray[np.uint8], bytes]] = {}
    skipped: list[PhotoError] = []
    with ExitStack() as stack:
        paths = _as_files(products, stack)
        size = THUMBNAIL if thumbnails else None
        for index, outcome in reader.read_photos(paths, size):
            if isinstance(outcome, PhotoError):
                skipped.append(outcome)
                on_picture(outcome)
                continue
            read[products[index].id] = outcome.features, outcome.thumbnail
            on_picture(None)
    return read, tuple(skipped)


def _as_files(products: Sequence[Product], stack: ExitStack) -> list[Path]:
    """Files of the pictures; those that are bytes of a table are written first."""
    folder: Path | None = None
    paths = []
    for number, product in enumerate(products):
        if isinstance(product.picture, Path):
            paths.append(product.picture)
            continue
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        paths.append(folder / str(number))
        paths[-1].write_bytes(product.picture)
    return paths
