"""Ratings of items with a picture each, from any folder."""

import csv
import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

from photo_interests.bundle.card import load_card
from photo_interests.models.extractor import Extractor
from photo_interests.photos.pixels import read_pixels
from training.experiments.recommenders.data import EVENT_COLUMNS, check_events

logger = logging.getLogger(__name__)
COLUMNS = ("user", "item", "rating", "timestamp")


@dataclass(frozen=True, eq=False)
class RatedPictures:
    """Who rated what, and a picture of each item.

    Attributes:
        events: Columns `EVENT_COLUMNS`, ascending by time; a rating of any height is
            an interaction.
        items: Ids with a picture and a rating, in the order of their text.
        pictures: File of each item.
        without_picture: Number of rated items that have no picture and are dropped.
    """

    events: pd.DataFrame
    items: tuple[str, ...]
    pictures: tuple[Path, ...]
    without_picture: int

    def features(self, bundle: Path) -> np.ndarray:
        """Extract uint8 features `(items, dimension)` with a bundle's extractor."""
        extractor, rule = Extractor(bundle), load_card(bundle).input
        pixels = (read_pixels(path, rule) for path in self.pictures)
        return np.stack([extractor(one[None])[0] for one in pixels])

    def pixels(self, size: int) -> np.ndarray:
        """Read the pictures squashed to a square: uint8 `(items, size, size, 3)`."""
        return np.stack([_square(path, size) for path in self.pictures])


def read_rated_pictures(ratings: Path, pictures: Path) -> RatedPictures:
    """Read a table of ratings and the pictures of its items.

    Args:
        ratings: Text file of user, item, rating and timestamp in seconds, separated
            by tabs, commas or `::`, with or without a first line of names (the
            layouts of MovieLens 100K, 1M and later).
        pictures: Folder of `ITEM.jpg`.

    Raises:
        ValueError: Naming the file, and the row where one is malformed.
    """
    table = _table(ratings)
    found = {path.stem: path for path in sorted(pictures.glob("*.jpg"))}
    has_picture = table["item"].isin(found)
    items = tuple(sorted(set(table["item"][has_picture])))
    if not items:
        raise ValueError(
            f"{pictures}: expected ITEM.jpg of items rated in {ratings}, such as "
            f"{table['item'].iloc[0]}.jpg; received {len(found)} pictures of others"
        )
    dropped = table["item"][~has_picture].nunique()
    logger.info("%d items with a picture, %d without", len(items), dropped)
    events = table[has_picture].rename(columns={"timestamp": "time"})
    events = events.sort_values("time", kind="stable")[EVENT_COLUMNS]
    events = events.drop_duplicates(["user", "item"]).reset_index(drop=True)
    check_events(events, items)
    return RatedPictures(events, items, tuple(found[i] for i in items), dropped)


def _table(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise ValueError(f"expected a table of ratings, received no file {path}")
    text = path.read_text(encoding="utf-8").replace("::", "\t")
    lines = text.splitlines()
    if not lines:
        raise ValueError(f"{path}: expected ratings, received an empty file")
    separator = "\t" if "\t" in lines[0] else ","
    rows = list(csv.reader(lines, delimiter=separator))
    first = 0 if rows[0][-1:] and rows[0][-1].isdecimal() else 1
    for number, row in enumerate(rows[first:], start=first + 1):
        if len(row) != len(COLUMNS) or not row[3].isdecimal() or not all(row):
            raise ValueError(
                f"{path}, line {number}: expected {', '.join(COLUMNS)} (seconds), "
                f"received {separator.join(row)!r}"
            )
    if len(rows) == first:
        raise ValueError(f"{path}: expected ratings, received names of columns alone")
    table = pd.DataFrame(rows[first:], columns=list(COLUMNS))
    return table.astype({"timestamp": np.int64})


def _square(path: Path, size: int) -> np.ndarray:
    with Image.open(path) as image:
        resized = image.convert("RGB").resize((size, size), Image.Resampling.BOX)
    return np.asarray(resized)
