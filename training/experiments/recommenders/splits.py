"""How interactions are split into training, validation and test."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from training.experiments.recommenders.data import check_events


class Split(NamedTuple):
    """Rows of users and items, and the pairs of each part.

    Attributes:
        users: Ids in the order of their text.
        train: int32 `(pairs, 2)`.
        validation: int32 `(pairs, 2)`.
        test: int32 `(pairs, 2)`.
    """

    users: tuple[str, ...]
    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def leave_one_out(events: pd.DataFrame, items: tuple[str, ...]) -> Split:
    """Keep the last of each user for the test and the one before for validation.

    Of interactions at the same time the one further down counts as later. Users of
    fewer than three stay whole in training, since no training pair would be left.

    Raises:
        ValueError: See `check_events`.
    """
    ordered = events.sort_values("time", kind="stable")
    from_last = ordered.groupby("user").cumcount(ascending=False)
    size = ordered.groupby("user")["item"].transform("size")
    part = np.where(size < 3, 2, np.minimum(from_last, 2))
    return marked(ordered, np.array(["test", "validation", "train"])[part], items)


def temporal(
    events: pd.DataFrame, items: tuple[str, ...], validation: int, test: int
) -> Split:
    """Train on what came before a time, validate and test on what came after.

    Args:
        events: See `check_events`.
        items: Ids in their order.
        validation: First time of validation.
        test: First time of the test.

    Raises:
        ValueError: A time leaves a part empty, or see `check_events`.
    """
    cuts = np.array([validation, test])
    part = np.searchsorted(cuts, events["time"].to_numpy(), side="right")
    names = np.array(["train", "validation", "test"])
    for number, name in enumerate(names):
        if not (part == number).any():
            raise ValueError(
                f"{name}: expected interactions between {events['time'].min()} and "
                f"{events['time'].max()} on both sides of {validation} and {test}, "
                "received none in this part"
            )
    return marked(events, names[part], items)


def marked(events: pd.DataFrame, parts: np.ndarray, items: tuple[str, ...]) -> Split:
    """Split as each row says: `train`, `validation` or `test`."""
    check_events(events, items)
    users = tuple(sorted(set(events["user"])))
    pairs = np.stack(
        [
            events["user"].map({name: row for row, name in enumerate(users)}),
            events["item"].map({name: row for row, name in enumerate(items)}),
        ],
        axis=1,
    ).astype(np.int32)
    return Split(
        users, *(pairs[parts == name] for name in ("train", "validation", "test"))
    )
