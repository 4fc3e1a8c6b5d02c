"""Amazon reviews, as `training.experiments.amazon` keeps them, as interactions."""

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.experiments.amazon.histories import load_histories
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.splits import leave_one_out

logger = logging.getLogger(__name__)


def load_amazon(
    directory: Path,
    ids: Sequence[str],
    features: np.ndarray,
    leave_out_unseen: bool = False,
) -> RankingData:
    """Read histories; the last of each user is the test, the one before validation.

    Categories are those of the metadata, numbered in the order of their names.

    Args:
        directory: Written by `training.experiments.amazon.histories.write_histories`.
        ids: Items whose pictures were read, ASINs.
        features: Of these `(items, dimension)`.
        leave_out_unseen: Whether to leave out interactions with items that have no
            picture, rather than to refuse them.

    Raises:
        FileNotFoundError: There are no histories.
        ValueError: An id twice, an interaction with an item without picture, or
            features that are no numbers; names the row.
    """
    if len(set(ids)) != len(ids):
        twice = next(item for row, item in enumerate(ids) if item in ids[:row])
        raise ValueError(f"ids: expected each item once, received {twice!r} again")
    histories = load_histories(directory)
    events = histories.interactions.rename(columns={"day": "time"})
    events = events[["user", "item", "time"]]
    if leave_out_unseen:
        seen = events["item"].isin(set(ids))
        logger.info("%d of %d interactions have a picture", seen.sum(), len(events))
        events = events[seen].reset_index(drop=True)
    items = tuple(ids)
    split = leave_one_out(events, items)
    known = dict(zip(histories.items["item"], histories.items["category"], strict=True))
    numbers = {name: row for row, name in enumerate(sorted(set(known.values())))}
    categories = [numbers[known[item]] if item in known else -1 for item in items]
    return RankingData(
        split.users,
        items,
        split.train,
        split.validation,
        split.test,
        features,
        np.array(categories, np.int32),
    )
