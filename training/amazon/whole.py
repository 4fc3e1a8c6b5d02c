"""Histories and pictures on the disk to a feature set on the disk."""

import shutil
from pathlib import Path
from typing import Any

from photo_interests.card import load_card
from photo_interests.photo_reader import PhotoReader
from training.amazon.extract import extract_here, extract_pictures
from training.amazon.features import usable, write_features
from training.amazon.histories import load_histories
from training.amazon.ledger import STORED
from training.amazon.pictures import outcomes
from training.amazon.spark_features import extract_by_spark
from training.amazon.spark_session import spark_session


def make_features(
    histories: Path,
    pictures: Path,
    bundle: Path,
    out: Path,
    apart: bool,
    fewest_items: int,
    processes: int,
    seed: int,
    master: str | None = None,
) -> dict[str, Any]:
    """Extract features and write the set with its users; see `amazon-features`.

    Spark extracts, at `master`, if one is named.

    Returns:
        Numbers for JSON: pictures read and not, entries, users by split, categories.

    Raises:
        ValueError: A split is left without users.
    """
    read = load_histories(histories)
    found = outcomes(read.items["url"], pictures)
    stored = {
        item: (pictures / one.file, one.sha256)
        for item, one in zip(read.items["item"], found, strict=True)
        if one.state == STORED
    }
    card = load_card(bundle)
    reader = PhotoReader(bundle, card, processes, threads=1)
    work = out.with_name(f".{out.name}.checkpoints")
    if master is None:
        features, broken = extract_pictures(stored, card, extract_here(reader), work)
    else:
        with spark_session(master) as session:
            extract = extract_by_spark(session, reader)
            features, broken = extract_pictures(stored, card, extract, work)
    table = usable(read, found, set(broken), fewest_items, apart, seed)
    provenance = {
        "extractor_sha256": card.files[card.extractor.file].sha256,
        "commands": ["python -m training amazon-features"],
        "items_apart": apart,
    }
    written, sets = write_features(
        table, features, card.features.scale, provenance, out
    )
    shutil.rmtree(work)
    return {
        "items": len(read.items),
        "pictures_read": len(features),
        "pictures_broken": len(broken),
        "entries": len(table),
        "users_before": int(read.interactions["user"].nunique()),
        "users": table.groupby("split", sort=False)["user"].nunique().to_dict(),
        "categories": len(written.categories),
        "items_apart": apart,
    }
