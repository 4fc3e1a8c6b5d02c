"""From histories and pictures to the project's own feature set and user sets.

After this every command that takes `--features` works on shoppers: `aggregators`,
`compare`, `temporal`, the sweep.

The paper splits users, not items: an item that a test user bought has most likely been
seen in training. `apart` splits the items as well; then a user keeps what belongs to
the user's own split, which only large departments can afford.
"""

import hashlib
import itertools
import logging
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from training.experiments.amazon.extract import Extracted
from training.experiments.amazon.histories import Histories
from training.experiments.amazon.ledger import STORED, Outcome
from training.features import photo_columns
from training.features.feature_set import FeatureSet
from training.features.photo_columns import SPLITS
from training.simulation import scenario_names, user_sets
from training.simulation.user_sets import UserSets

logger = logging.getLogger(__name__)
SOURCE = "amazon"
PERCENT = {"train": 60, "validation": 10, "test": 30}
"""Of the users; the paper's 70 / 30, with validation users taken from the 70."""


def split_of(name: str, seed: int) -> str:
    """Split of a user or a picture; it never changes as others come or go."""
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    turn = int.from_bytes(digest[:8], "big") % 100
    for split in SPLITS:
        if turn < PERCENT[split]:
            return split
        turn -= PERCENT[split]
    raise AssertionError("percentages sum to 100")


def is_of_first_stage(user: str, share: float, seed: int) -> bool:
    """Whether a user's pictures fine-tune the extractor (N1 in the paper)."""
    digest = hashlib.sha256(f"{seed}:first stage:{user}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64


def usable(
    histories: Histories,
    outcomes: Sequence[Outcome],
    broken: set[str],
    fewest_items: int,
    apart: bool,
    seed: int,
    first_stage: float | None = None,
) -> pd.DataFrame:
    """Keep the entries whose picture is there, of users who still have enough.

    Args:
        histories: What users reviewed.
        outcomes: Outcomes of the pictures of `histories.items`, in their order.
        broken: sha256 of pictures that are stored but could not be read.
        fewest_items: Fewest items of a user.
        apart: Keep only items of the user's own split.
        seed: Seed of the splits.
        first_stage: Share of the users who fine-tune the extractor; they are no users
            of the feature set. None for no such users.

    Returns:
        Columns user, item, day, split, category, sha256 (of the picture), ordered by
        split, user, day and item.

    Raises:
        ValueError: A split has no users.
    """
    items = histories.items[["item", "category"]].assign(
        sha256=[one.sha256 for one in outcomes],
        stored=[one.state == STORED for one in outcomes],
    )
    items = items[items["stored"] & ~items["sha256"].isin(broken)]
    table = histories.interactions.merge(items.drop(columns="stored"), on="item")
    users = pd.Series({user: split_of(user, seed) for user in table["user"].unique()})
    if first_stage is not None:
        apart_users = [
            u for u in users.index if is_of_first_stage(u, first_stage, seed)
        ]
        table = table[~table["user"].isin(apart_users)]
    table = table.assign(split=table["user"].map(users))
    if apart:
        # By picture, not by item: variants of a product often share one.
        own = {sha256: split_of(sha256, seed) for sha256 in items["sha256"].unique()}
        table = table[table["sha256"].map(own) == table["split"]]
    count = table.groupby("user")["item"].transform("size")
    table = table[count >= fewest_items]
    lacking = sorted(set(SPLITS) - set(table["split"]))
    if lacking:
        raise ValueError(
            f"users: expected some with {fewest_items} pictures in every split, "
            f"received none in {lacking} of {len(users):,} users"
        )
    table["split"] = pd.Categorical(table["split"], SPLITS, ordered=True)
    ordered = table.sort_values(["split", "user", "day", "item"], ignore_index=True)
    return ordered.drop(columns="rating").astype({"split": str})


def photo_table(table: pd.DataFrame) -> pd.DataFrame:
    """Make a photo of each item and split in which it was reviewed.

    An item that users of two splits reviewed is two photos of one group, so that photos
    can be counted by split.

    Returns:
        Columns of `photo_columns.SCHEMA`, `item` and `sha256`; ordered by split and
        item.
    """
    photos = table[["split", "item", "category", "sha256"]].drop_duplicates()
    photos["split"] = pd.Categorical(photos["split"], SPLITS, ordered=True)
    photos = photos.sort_values(["split", "item"], ignore_index=True)
    ids = category_ids(table["category"])
    return pd.DataFrame(
        {
            "photo": np.arange(len(photos), dtype=np.int32),
            "source": SOURCE,
            "category": photos["category"].map(ids),
            "label": photos["category"],
            "none_role": "",
            "contributor": np.int32(-1),
            "split": photos["split"].astype(str),
            "group": photos["sha256"].factorize()[0].astype(np.int32),
            "item": photos["item"],
            "sha256": photos["sha256"],
        }
    )


def category_ids(categories: pd.Series) -> dict[str, str]:
    """Give each category an id from its path, those of most entries first.

    Two paths that differ by signs alone are distinguished by a number.
    """
    counts = categories.value_counts()
    ordered = sorted(counts.index, key=lambda path: (-counts[path], path))
    used: set[str] = set()
    ids = {}
    for path in ordered:
        name = re.sub(r"[^a-z0-9.]+", "_", path.lower().replace(" > ", "."))
        numbered = (f"{name}_{number}" for number in itertools.count(2))
        names = itertools.chain([name], numbered)
        unique = next(one for one in names if one not in used)
        used.add(unique)
        ids[path] = f"{SOURCE}.{unique}"
    return ids


def write_features(
    table: pd.DataFrame,
    extracted: Extracted,
    scale: float,
    provenance: Mapping[str, object],
    directory: Path,
) -> FeatureSet:
    """Write the feature set and the shoppers.

    Args:
        table: From `usable`.
        extracted: Holds the features of the pictures in `table`.
        scale: Value of one step of the features.
        provenance: Goes into the set's description.
        directory: Existing folder to write to.

    Returns:
        The feature set.
    """
    photos = photo_table(table)
    with tempfile.TemporaryFile(dir=directory) as file:
        shape = len(photos), extracted.dimension
        rows = np.memmap(file, np.uint8, "w+", shape=shape)  # they may not fit
    extracted.gather(photos["sha256"].tolist(), rows)
    feature_set = FeatureSet(
        rows,
        scale,
        photos[photo_columns.SCHEMA.names],
        tuple(category_ids(table["category"]).values()),
        dict(provenance),
    )
    numbers = photos.set_index(["split", "item"])["photo"]
    shown = pd.MultiIndex.from_frame(table[["split", "item"]])
    sets = UserSets(
        pd.DataFrame(
            {
                "world": scenario_names.SHOPPERS,
                "split": table["split"],
                "user": table["user"].factorize()[0].astype(np.int32),
                "photo": numbers.loc[shown].to_numpy(np.int32),
                "day": table["day"].astype(np.int32),
            }
        )[user_sets.SCHEMA.names]
    )
    feature_set.write(directory)
    sets.save(directory / "users.parquet")
    return feature_set
