"""Reads what the command line names: splits, the card's training and metrics."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter, ValidationError

from photo_interests.bundle.card import CARD_NAME, load_card
from photo_interests.bundle.card_sections import Training


def split_rows(photos: Path, split: str, count: int) -> npt.NDArray[np.int64]:
    """Rows of a table of photos that are in a split.

    Args:
        photos: Parquet, one row a photo.
        split: train, validation or test.
        count: how many photos were packed.

    Raises:
        ValueError: the table is not of these photos, or has none in the split.
    """
    import pandas as pd

    splits = pd.read_parquet(photos, columns=["split"])["split"]
    if len(splits) != count:
        raise ValueError(
            f"{photos}: expected {count} photos, as were packed, received {len(splits)}"
        )
    rows = np.flatnonzero(splits == split)
    if not len(rows):
        raise ValueError(
            f"{photos}: expected photos of split {split!r}, received none in "
            f"{sorted(set(splits))}"
        )
    return rows


def read_training(path: Path | None, extractor: Path) -> Training:
    """Read the card's section `training`.

    Args:
        path: JSON file; None takes what the bundle `extractor` states about its own.
        extractor: where the extractor comes from.

    Raises:
        ValueError: no file and no bundle, or keys that are missing or unknown.
    """
    if path is None and not (extractor / CARD_NAME).is_file():
        raise ValueError(
            f"expected --training, since {extractor} is not a bundle, received none"
        )
    if path is None:
        card = load_card(extractor)
        summary = f"aggregator trained over the extractor of {card.name}"
        kept = [c for c in card.training.commands if "training aggregators" not in c]
        return card.training.model_copy(
            update={"summary": summary, "commands": tuple(kept)}
        )
    try:
        return Training.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise ValueError(f"{path}: expected the section training: {error}") from error


def read_metrics(path: Path | None) -> dict[str, float]:
    """Read flat metrics; none without a file.

    Raises:
        ValueError: anything else than names with numbers.
    """
    if path is None:
        return {}
    content = json.loads(path.read_text(encoding="utf-8"))
    try:
        return TypeAdapter(dict[str, float]).validate_python(content)
    except ValidationError as error:
        raise ValueError(
            f"{path}: expected names with numbers, received {error}"
        ) from error
