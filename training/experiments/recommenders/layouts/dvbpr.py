"""The layout of the DVBPR paper's sets, such as AmazonFashion6ImgPartitioned.npy.

One .npy file of six objects: user_train, user_validation and user_test (dictionaries
from a user's number to a list of interactions, each a dictionary with `productid`),
Item (a dictionary from an item's number to one with `imgs`, the content of a JPEG
file), usernum and itemnum. The parts are used as they are: the last interaction of each
user is the test, the one before validation.
"""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.layouts.object_array import load_object_array

PARTS = 6
INPUT_SIZE = 224


def load_dvbpr(
    path: Path, extract: Callable[[np.ndarray], np.ndarray], size: int = 96
) -> RankingData:
    """Read such a file.

    Args:
        path: The file.
        extract: Features `(pictures, dimension)` of uint8 `(pictures, 224, 224, 3)`,
            such as a bundle's extractor: the file has none.
        size: Height and width of the pictures kept for rankers that see them.

    Raises:
        ValueError: Another form, an item without picture, an unknown item or user, or
            an interaction that stands there twice; names user and row.
    """
    content = load_object_array(path).ravel()
    if len(content) != PARTS:
        raise ValueError(f"{path}: expected {PARTS} objects, received {len(content)}")
    train, validation, test, pictures, users, items = content
    parts = [
        _pairs(path, name, part, int(users), int(items))
        for name, part in (
            ("user_train", train),
            ("user_validation", validation),
            ("user_test", test),
        )
    ]
    _check_once(path, np.concatenate(parts))
    features, pixels = [], np.empty((int(items), size, size, 3), np.uint8)
    for item in range(int(items)):
        image = _picture(path, pictures, item)
        whole = np.asarray(image.resize((INPUT_SIZE, INPUT_SIZE)))
        features.append(extract(whole[None])[0])
        pixels[item] = np.asarray(image.resize((size, size)))
    return RankingData(
        tuple(map(str, range(int(users)))),
        tuple(map(str, range(int(items)))),
        parts[0],
        parts[1],
        parts[2],
        np.stack(features),
        np.full(int(items), -1, np.int32),
        pixels=pixels,
    )


def _pairs(
    path: Path, name: str, part: Mapping[int, Any], users: int, items: int
) -> np.ndarray:
    pairs = []
    for user, interactions in part.items():
        if not 0 <= user < users:
            raise ValueError(
                f"{path}, {name}: expected users 0 to {users - 1}, received {user}"
            )
        for row, interaction in enumerate(interactions):
            item = interaction.get("productid")
            if item is None or not 0 <= item < items:
                raise ValueError(
                    f"{path}, {name} of user {user}, row {row}: expected a productid "
                    f"0 to {items - 1}, received {item}"
                )
            pairs.append((int(user), int(item)))
    return np.array(pairs, np.int32).reshape(-1, 2)


def _check_once(path: Path, pairs: np.ndarray) -> None:
    _, first, counts = np.unique(pairs, axis=0, return_index=True, return_counts=True)
    if (counts > 1).any():
        user, item = pairs[first[counts > 1][0]]
        raise ValueError(
            f"{path}: expected user {user} to take item {item} once, "
            f"received it {counts.max()} times"
        )


def _picture(path: Path, pictures: Mapping[int, Any], item: int) -> Image.Image:
    content = pictures.get(item, {}).get("imgs")
    if not content:
        raise ValueError(f"{path}, Item {item}: expected a picture, received none")
    raw = content.encode("latin1") if isinstance(content, str) else bytes(content)
    try:
        return Image.open(io.BytesIO(raw)).convert("RGB")
    except OSError as error:
        raise ValueError(f"{path}, Item {item}: expected a JPEG, {error}") from error
