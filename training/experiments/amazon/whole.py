"""Histories and pictures on the disk to a feature set on the disk."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photo_interests.bundle.card import load_card
from photo_interests.photos.photo_reader import PhotoReader
from training.experiments.amazon.extract import (
    Extracted,
    extract_here,
    extract_pictures,
)
from training.experiments.amazon.features import usable, write_features
from training.experiments.amazon.histories import load_histories
from training.experiments.amazon.ledger import STORED
from training.experiments.amazon.pictures import outcomes
from training.experiments.amazon.spark_features import extract_by_spark
from training.experiments.amazon.spark_session import spark_session


@dataclass(frozen=True)
class Selection:
    """Which entries of the histories become photos of users.

    Attributes:
        fewest_items: Of a user, with a picture.
        apart: No picture stands in two splits, unlike the sources.
        seed: Of the splits.
    """

    fewest_items: int = 5
    apart: bool = False
    seed: int = 1


@dataclass(frozen=True)
class Readers:
    """What reads the pictures.

    Attributes:
        bundle: Whose extractor reads.
        processes: Of this machine.
        master: Of Spark, which reads in its place; None for this machine.
    """

    bundle: Path
    processes: int
    master: str | None = None

    def read(self, pictures: dict[str, Path], store: Path) -> Extracted:
        """Extract the pictures that the store lacks; see `extract_pictures`."""
        card = load_card(self.bundle)
        reader = PhotoReader(self.bundle, card, self.processes, threads=1)
        if self.master is None:
            return extract_pictures(pictures, card, extract_here(reader), store)
        with spark_session(self.master) as session:
            extract = extract_by_spark(session, reader)
            return extract_pictures(pictures, card, extract, store)


def make_features(
    histories: Path,
    pictures: Path,
    readers: Readers,
    selection: Selection,
    store: Path,
    out: Path,
    command: str,
) -> dict[str, Any]:
    """Extract features and write the set with its users.

    Args:
        histories: Folder of `write_histories`.
        pictures: Folder of `download`.
        readers: What reads them.
        selection: What becomes of them.
        store: Folder for the features of every picture, from which a killed run goes
            on; left for the caller to keep or to delete.
        out: Feature set to write.
        command: That makes it, for its description.

    Returns:
        Numbers for JSON: pictures read and not, entries, users by split, categories.

    Raises:
        ValueError: A split is left without users.
    """
    read = load_histories(histories)
    found = outcomes(read.items["url"], pictures)
    stored = {one.sha256: pictures / one.file for one in found if one.state == STORED}
    extracted = readers.read(stored, store)
    table = usable(
        read,
        found,
        set(extracted.broken),
        selection.fewest_items,
        selection.apart,
        selection.seed,
    )
    card = load_card(readers.bundle)
    provenance = {
        "extractor_sha256": card.files[card.extractor.file].sha256,
        "commands": [command],
        "items_apart": selection.apart,
    }
    written, _ = write_features(table, extracted, card.features.scale, provenance, out)
    shown = [one.sha256 for one in found if one.state == STORED]
    broken = sum(sha256 in extracted.broken for sha256 in shown)
    return {
        "items": len(read.items),
        "pictures_read": len(shown) - broken,
        "pictures_broken": broken,
        "entries": len(table),
        "users_before": int(read.interactions["user"].nunique()),
        "users": table.groupby("split", sort=False)["user"].nunique().to_dict(),
        "categories": len(written.categories),
        "items_apart": selection.apart,
    }
