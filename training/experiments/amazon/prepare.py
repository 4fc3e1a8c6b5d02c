"""From a department's files to a feature set of its shoppers.

Three steps: histories, pictures, features. Histories and features are runs (see
`training.runs`): each is computed again only where its settings or inputs changed, in a
place of its own. A killed command resumes when it is given again.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photo_interests.bundle.card import Card, load_card
from photo_interests.photos.photo_reader import PhotoReader
from training.experiments.amazon.engines import check_spark, spark_session
from training.experiments.amazon.extract import (
    Extracted,
    extract_by_spark,
    extract_here,
    extract_pictures,
)
from training.experiments.amazon.features import usable, write_features
from training.experiments.amazon.fetch import Fetcher, FetchPolicy
from training.experiments.amazon.filters import Rules
from training.experiments.amazon.first_stage import PHOTOS_FILE, write_first_stage
from training.experiments.amazon.histories import (
    INTERACTIONS_FILE,
    Source,
    load_histories,
    write_histories,
)
from training.experiments.amazon.ledger import STORED, Outcome
from training.experiments.amazon.pictures import download, outcomes, take_local
from training.experiments.amazon.report import histories_values, pictures_values
from training.features.feature_set import FEATURES
from training.runs import Run, running_command

logger = logging.getLogger(__name__)
LISTED = 1000
"""Number of pictures that are not stored and are listed by address."""
AGENT = "photo-interests (research)"


@dataclass(frozen=True)
class Selection:
    """Which entries of the histories become photos of users.

    Attributes:
        fewest_items: Fewest items with a picture of a user.
        apart: Whether no picture is in two splits, unlike in the paper.
        seed: Seed of the splits.
        first_stage: Share of the users whose pictures fine-tune an extractor and who
            are no users of the feature set; None for no such users.
    """

    fewest_items: int = 5
    apart: bool = False
    seed: int = 1
    first_stage: float | None = None


@dataclass(frozen=True)
class Plan:
    """What is to be prepared, and how.

    Attributes:
        source: Files of the department.
        rules: What stays of them.
        selection: Which entries become photos.
        bundle: Bundle whose extractor reads the pictures.
        policy: How pictures are requested; None to use those that are there.
        local_pictures: Folder of pictures named by item, used before any request.
        processes: Number of processes of this machine that read pictures.
        master: URL of Spark; None to work on this machine.
        memory_mb: What DuckDB may hold, in MB.
    """

    source: Source
    rules: Rules
    selection: Selection
    bundle: Path
    policy: FetchPolicy | None
    local_pictures: Path | None = None
    processes: int = 2
    master: str | None = None
    memory_mb: int = 512


def prepare(plan: Plan, out: Path) -> dict[str, dict[str, Any]]:
    """Do the steps that are not done yet.

    Args:
        plan: What is to be prepared.
        out: Gets `histories`, `pictures`, `extracted` (features of every picture ever
            read, as Parquet), `features`, the feature set with its users, and, where
            it is asked for, `first-stage` (see `write_first_stage`).

    Returns:
        Values of `histories`, `pictures`, `features` and `first_stage` (where it is
        asked for), ready for JSON.

    Raises:
        FileNotFoundError: A file is missing.
        ValueError: The plan is impossible, or Spark is not installed.
    """
    plan.source.check()
    if plan.master is not None:
        check_spark()
    histories = _histories(plan, out)
    record = histories.ensure(lambda values: _write_histories(plan, histories, values))
    items = load_histories(histories.directory).items
    pictures = out / "pictures"
    if plan.local_pictures is not None:
        take_local(items, plan.local_pictures, pictures)
    if plan.policy is not None:
        download(items["url"], pictures, Fetcher(plan.policy, AGENT))
    found = outcomes(items["url"], pictures)
    card = load_card(plan.bundle)
    features = Run(
        out,
        "features",
        kind="amazon-features",
        config={"selection": plan.selection, "features_key": card.features_key},
        inputs={"histories": record.sha256, "pictures": _listing(found)},
        output=FEATURES,  # which `about.json` has the hash of, and of the photos
    )
    described = features.ensure(
        lambda values: _write_features(plan, card, found, histories, features, values)
    )
    values = {
        "histories": dict(record.values),
        "pictures": pictures_values(found, LISTED),
        "features": dict(described.values),
    }
    if plan.selection.first_stage is not None:
        values["first_stage"] = _first_stage(plan, card, found, record.sha256, out)
    return values


def _first_stage(
    plan: Plan, card: Card, found: Sequence[Outcome], histories_sha256: str, out: Path
) -> dict[str, Any]:
    selection, pictures = plan.selection, out / "pictures"
    share = selection.first_stage or 0.0
    run = Run(
        out,
        "first-stage",
        kind="amazon-first-stage",
        config={"share": share, "seed": selection.seed},
        inputs={"histories": histories_sha256, "pictures": _listing(found)},
        output=PHOTOS_FILE,
    )
    stored = {one.sha256: pictures / one.file for one in found if one.state == STORED}

    def write(values: dict[str, Any]) -> None:
        read = load_histories(out / "histories")
        extracted = _extract(plan, card, stored, out / "extracted")
        values |= write_first_stage(
            read,
            found,
            set(extracted.broken),
            share,
            selection.seed,
            pictures,
            run.directory,
        )

    return dict(run.ensure(write).values)


def _histories(plan: Plan, out: Path) -> Run:
    inputs = {f"reviews {n}": path for n, path in enumerate(plan.source.reviews)}
    inputs |= {f"metadata {n}": path for n, path in enumerate(plan.source.metadata)}
    return Run(
        out,
        "histories",
        kind="amazon-histories",
        config={"rules": plan.rules, "most_broken": plan.source.most_broken},
        inputs=inputs,
        output=INTERACTIONS_FILE,
    )


def _write_histories(plan: Plan, run: Run, values: dict[str, Any]) -> None:
    written = write_histories(
        plan.source, plan.rules, run.directory, run.scratch, plan.memory_mb, plan.master
    )
    values |= histories_values(written.sizes, written.counts)


def _write_features(
    plan: Plan,
    card: Card,
    found: Sequence[Outcome],
    histories: Run,
    run: Run,
    values: dict[str, Any],
) -> None:
    pictures, selection = run.root / "pictures", plan.selection
    if not any(one.state == STORED for one in found):
        raise ValueError(
            f"{pictures}: expected pictures of {len(found):,} items, received none; "
            f"the first: {found[0].reason}. Download them or give --local-pictures"
        )
    read = load_histories(histories.directory)
    stored = {one.sha256: pictures / one.file for one in found if one.state == STORED}
    extracted = _extract(plan, card, stored, run.root / "extracted")
    table = usable(read, found, set(extracted.broken), **vars(selection))
    provenance = {
        "extractor_sha256": card.files[card.extractor.file].sha256,
        "commands": [running_command()],
        "items_apart": selection.apart,
    }
    written = write_features(
        table, extracted, card.features.scale, provenance, run.directory
    )
    if len(written.categories) < 2:
        logger.warning("one category only: every user has the same interest")
    shown = [one.sha256 for one in found if one.state == STORED]
    broken = sum(sha256 in extracted.broken for sha256 in shown)
    values |= {
        "items": len(read.items),
        "pictures_read": len(shown) - broken,
        "pictures_broken": broken,
        "entries": len(table),
        "users_before": int(read.interactions["user"].nunique()),
        "users": table.groupby("split", sort=False)["user"].nunique().to_dict(),
        "categories": len(written.categories),
        "items_apart": selection.apart,
    }


def _extract(
    plan: Plan, card: Card, pictures: dict[str, Path], store: Path
) -> Extracted:
    reader = PhotoReader(plan.bundle, card, plan.processes, threads=1)
    if plan.master is None:
        return extract_pictures(pictures, card, extract_here(reader), store)
    with spark_session(plan.master) as session:
        extract = extract_by_spark(session, reader)
        return extract_pictures(pictures, card, extract, store)


def _listing(found: Sequence[Outcome]) -> str:
    digest = hashlib.sha256()
    for one in found:
        digest.update(f"{one.url}\n{one.state}\n{one.sha256}\n".encode())
    return digest.hexdigest()
