"""From a department's files to a feature set of its shoppers, in one go.

Three steps, each of which leaves its folder: histories, pictures, features. What each
was made from stands beside them in `prepared.json`, so that a step is done again only
where that has changed. A killed run is started again and goes on where it was.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from photo_interests.bundle.card import load_card
from photo_interests.files import write_atomically
from training.experiments.amazon.fetch import Fetcher, Manners
from training.experiments.amazon.filters import Rules
from training.experiments.amazon.histories import (
    ITEMS_FILE,
    Source,
    check_paths,
    load_histories,
    write_histories,
)
from training.experiments.amazon.ledger import Outcome
from training.experiments.amazon.pictures import download, outcomes
from training.experiments.amazon.report import histories_values, pictures_values
from training.experiments.amazon.spark_histories import write_histories_by_spark
from training.experiments.amazon.spark_session import check_spark
from training.experiments.amazon.whole import Readers, Selection, make_features
from training.features.feature_set import ABOUT

logger = logging.getLogger(__name__)
COMMAND = "python -m training.experiments.amazon prepare"
PREPARED = "prepared.json"
LISTED = 1000
"""Pictures that are not there, listed by address."""


@dataclass(frozen=True)
class Folders:
    """Where everything lies, in the folder that is prepared.

    Attributes:
        out: That folder.
    """

    out: Path

    @property
    def histories(self) -> Path:
        """What stays of the reviews and metadata."""
        return self.out / "histories"

    @property
    def pictures(self) -> Path:
        """The pictures and the ledger of them."""
        return self.out / "pictures"

    @property
    def extracted(self) -> Path:
        """Features of every picture ever read, as Parquet."""
        return self.out / "extracted"

    @property
    def features(self) -> Path:
        """The feature set with its users."""
        return self.out / "features"


@dataclass(frozen=True)
class Plan:
    """All that is asked for.

    Attributes:
        source: The department's files.
        rules: What stays of them.
        selection: What becomes of that.
        readers: What reads the pictures; histories are Spark's too if it has a master.
        manners: How pictures are asked for; None to take those that are there.
        memory_mb: Of the database of histories, on one machine.
    """

    source: Source
    rules: Rules
    selection: Selection
    readers: Readers
    manners: Manners | None
    memory_mb: int


def prepare(plan: Plan, folders: Folders) -> dict[str, dict[str, Any]]:
    """Do the steps that are not done yet.

    Returns:
        Values of `histories`, `pictures` and `features`: those of the `amazon-`
        commands' measurements.

    Raises:
        FileNotFoundError: A file is missing.
        ValueError: What was asked for cannot be, or Spark cannot be had.
    """
    check_paths(plan.source, folders.histories)
    if plan.readers.master is not None:
        check_spark()
    folders.out.mkdir(parents=True, exist_ok=True)
    notes = _Notes(folders.out / PREPARED)
    read_from = {
        "reviews": [_stamp(path) for path in plan.source.reviews],
        "metadata": [_stamp(path) for path in plan.source.metadata],
        "most_broken": plan.source.most_broken,
        "rules": asdict(plan.rules),
    }
    histories = notes.step(
        "histories",
        read_from,
        folders.histories / ITEMS_FILE,
        lambda: _histories(plan, folders.histories),
    )
    urls = load_histories(folders.histories).items["url"].tolist()
    if plan.manners is not None:
        fetcher = Fetcher(plan.manners, "photo-interests (research)")
        download(urls, folders.pictures, fetcher)
    found = outcomes(urls, folders.pictures)
    card = load_card(plan.readers.bundle)
    features = notes.step(
        "features",
        {
            "histories": read_from,
            "pictures_sha256": _digest(found),
            "features_key": card.features_key,
            "selection": asdict(plan.selection),
        },
        folders.features / ABOUT,
        lambda: make_features(
            folders.histories,
            folders.pictures,
            plan.readers,
            plan.selection,
            folders.extracted,
            folders.features,
            COMMAND,
        ),
    )
    pictures = pictures_values(found, LISTED)
    return {"histories": histories, "pictures": pictures, "features": features}


class _Notes:
    """Of each step that is done: what it was made from, and what it told."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._steps: dict[str, Any] = {}
        if path.exists():
            try:
                self._steps = dict(json.loads(path.read_text(encoding="utf-8")))
            except (ValueError, TypeError) as error:
                raise ValueError(f"{path}: expected notes of steps: {error}") from error

    def step(
        self,
        name: str,
        made_from: dict[str, Any],
        result: Path,
        do: Callable[[], dict[str, Any]],
    ) -> dict[str, Any]:
        """Do a step, unless its result is there and made from the same."""
        known = self._steps.get(name)
        if known and known["made_from"] == made_from and result.exists():
            logger.info("%s: done before, from the same", name)
            return known["values"]
        # First of all: what is written next is not what the notes speak of.
        self._write({key: step for key, step in self._steps.items() if key != name})
        values = do()
        self._write(self._steps | {name: {"made_from": made_from, "values": values}})
        return self._steps[name]["values"]

    def _write(self, steps: dict[str, Any]) -> None:
        text = json.dumps(steps, indent=1, ensure_ascii=False)
        write_atomically(self._path, text + "\n")
        self._steps = json.loads(text)


def _histories(plan: Plan, out: Path) -> dict[str, Any]:
    if plan.readers.master is None:
        done = write_histories(plan.source, plan.rules, out, plan.memory_mb)
    else:
        master = plan.readers.master
        done = write_histories_by_spark(master, plan.source, plan.rules, out)
    return histories_values(*done)


def _stamp(path: Path) -> dict[str, Any]:
    """Tell a file from another without reading it."""
    status = path.stat()
    return {
        "file": path.name,
        "bytes": status.st_size,
        "modified_ns": status.st_mtime_ns,
    }


def _digest(found: Sequence[Outcome]) -> str:
    digest = hashlib.sha256()
    for one in found:
        digest.update(f"{one.url}\n{one.state}\n{one.sha256}\n".encode())
    return digest.hexdigest()
