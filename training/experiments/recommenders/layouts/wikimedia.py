"""The layout of the visual recommenders' tutorial (ACM IUI 2021): Wikimedia Commons.

Interactions are a CSV file with the columns user_id, item_id, timestamp and evaluation
(True for rows of the test). Embeddings are a .npy file of objects `(items, 2)`: the
name of a picture, whose stem is the item_id, and the vector of its features. Pictures
are files of a folder, named by the item_id.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

from training.experiments.recommenders.data import RankingData, check_finite
from training.experiments.recommenders.layouts.object_array import load_object_array
from training.experiments.recommenders.splits import marked

COLUMNS = ["user_id", "item_id", "timestamp", "evaluation"]


def load_wikimedia(
    interactions: Path, embedding: Path, images: Path | None = None, size: int = 96
) -> RankingData:
    """Read the tutorial's files.

    The test is what the file marks; of the rest the last of each user who has two or
    more is validation.

    Args:
        interactions: The CSV file.
        embedding: The .npy file.
        images: Folder of pictures, for rankers that see them.
        size: Height and width to make them.

    Raises:
        ValueError: Other columns, an item without embedding or picture, a pair that
            stands there twice, features that are no numbers; names the row.
    """
    table = pd.read_csv(interactions, dtype={"user_id": str, "item_id": str})
    if list(table.columns) != COLUMNS:
        raise ValueError(
            f"{interactions}: expected columns {COLUMNS}, "
            f"received {list(table.columns)}"
        )
    items, features = read_embedding(embedding)
    events = table.rename(
        columns={"user_id": "user", "item_id": "item", "timestamp": "time"}
    )[["user", "item", "time"]]
    parts = _parts(table)
    split = marked(events, parts, items)
    pixels = None if images is None else _pictures(images, items, size)
    return RankingData(
        split.users,
        items,
        split.train,
        split.validation,
        split.test,
        features,
        np.full(len(items), -1, np.int32),
        pixels=pixels,
    )


def read_embedding(path: Path) -> tuple[tuple[str, ...], np.ndarray]:
    """Read ids and features of the items.

    Returns:
        Ids, and float32 `(items, dimension)`.

    Raises:
        ValueError: Another shape, an id twice, or vectors of differing lengths.
    """
    rows = load_object_array(path)
    if rows.ndim != 2 or rows.shape[1] != 2:
        raise ValueError(f"{path}: expected objects (items, 2), received {rows.shape}")
    items = tuple(Path(str(name)).stem for name in rows[:, 0])
    length = np.size(rows[0, 1])
    seen: dict[str, int] = {}
    for row, (item, vector) in enumerate(zip(items, rows[:, 1], strict=True)):
        if item in seen:
            raise ValueError(
                f"{path}, row {row}: expected each item once, received {item!r} of "
                f"row {seen[item]} again"
            )
        if np.size(vector) != length:
            raise ValueError(
                f"{path}, row {row}: expected {length} features for item {item!r}, "
                f"received {np.size(vector)}"
            )
        seen[item] = row
    features = np.stack([np.asarray(v, np.float32).ravel() for v in rows[:, 1]])
    check_finite(features, items)
    return items, features


def _parts(table: pd.DataFrame) -> np.ndarray:
    marks = table["evaluation"].to_numpy(bool)
    parts = np.where(marks, "test", "train").astype("<U10")
    kept = table[~marks].sort_values("timestamp", kind="stable")
    groups = kept.groupby("user_id")
    last = (groups.cumcount(ascending=False) == 0) & (
        groups["item_id"].transform("size") > 1
    )
    parts[kept.index[last]] = "validation"
    return parts


def _pictures(folder: Path, items: tuple[str, ...], size: int) -> np.ndarray:
    files = {path.stem: path for path in sorted(folder.iterdir()) if path.is_file()}
    pixels = np.empty((len(items), size, size, 3), np.uint8)
    for row, item in enumerate(items):
        if item not in files:
            raise ValueError(
                f"{folder}: expected a picture of item {item!r} (row {row}), "
                "received none"
            )
        with Image.open(files[item]) as image:
            pixels[row] = np.asarray(image.convert("RGB").resize((size, size)))
    return pixels
