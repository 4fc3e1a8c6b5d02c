"""The paper's first stage: some users' labelled pictures, for fine-tuning."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.experiments.amazon.features import category_ids, is_of_first_stage
from training.experiments.amazon.histories import Histories
from training.experiments.amazon.ledger import STORED, Outcome

logger = logging.getLogger(__name__)
PHOTOS_FILE = "photos.csv"


def write_first_stage(
    histories: Histories,
    outcomes: Sequence[Outcome],
    broken: set[str],
    share: float,
    seed: int,
    pictures: Path,
    directory: Path,
) -> dict[str, Any]:
    """Write a folder for each category with the pictures that these users took.

    `python -m training photos --own-set` reads it. A picture that other users took too
    may also be in the feature set: the paper splits users, not items.

    Args:
        histories: What users reviewed.
        outcomes: Outcomes of the pictures of `histories.items`, in their order.
        broken: sha256 of pictures that are stored but could not be read.
        share: Share of the users whose pictures these are.
        seed: Seed of the splits.
        pictures: Folder of the stored pictures.
        directory: Existing folder; gets the folders of links and `photos.csv`, the
            category and hash of each picture.

    Returns:
        Ready for JSON: numbers of `users`, `photos` and `categories`.

    Raises:
        ValueError: There is no such user with a picture.
    """
    items = histories.items[["item", "category"]].assign(
        sha256=[one.sha256 for one in outcomes],
        file=[one.file for one in outcomes],
        stored=[one.state == STORED for one in outcomes],
    )
    items = items[items["stored"] & ~items["sha256"].isin(broken)]
    users = histories.interactions["user"].unique()
    chosen = [user for user in users if is_of_first_stage(user, share, seed)]
    taken = histories.interactions[histories.interactions["user"].isin(chosen)]
    table = taken.merge(items, on="item")
    if table.empty:
        raise ValueError(
            f"--first-stage {share}: expected users with a picture, received "
            f"{len(chosen):,} of {len(users):,} users and none of their pictures"
        )
    names = category_ids(table["category"])
    photos = table.drop_duplicates(["category", "sha256"]).sort_values(
        ["category", "sha256"], ignore_index=True
    )
    for category, sha256, file in zip(
        photos["category"], photos["sha256"], photos["file"], strict=True
    ):
        link = directory / names[category] / f"{sha256}.jpg"
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(os.path.relpath(pictures / file, link.parent))
    listed = photos[["category", "sha256"]]
    listed.assign(category=listed["category"].map(names)).to_csv(
        directory / PHOTOS_FILE, index=False
    )
    return {
        "users": int(table["user"].nunique()),
        "photos": len(photos),
        "categories": len(names),
    }
