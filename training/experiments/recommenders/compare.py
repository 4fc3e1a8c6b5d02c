"""Trains and measures every ranker of a comparison; goes on where it was stopped."""

import hashlib
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.files import write_atomically
from training.experiments.recommenders.config import OURS
from training.experiments.recommenders.data import GROUPS, RankingData
from training.experiments.recommenders.rank_users import (
    PROTOCOLS,
    Ranked,
    differences,
    rank_users,
    summary,
)
from training.experiments.recommenders.ranker import Ranker

logger = logging.getLogger(__name__)


def compare(
    rankers: Mapping[str, Ranker], data: RankingData, directory: Path
) -> dict[str, Any]:
    """Fit and measure rankers on one split.

    Args:
        rankers: By name; `OURS` is among them.
        data: What to fit and to measure on.
        directory: Where each ranker and what it reached is kept. One that is there,
            of the same settings and data, is not fitted again.

    Returns:
        Ready for JSON: `data` (see `describe`), `rankers` (name -> `kind`, `settings`,
        `fit_seconds`, `milliseconds_a_user`, `bytes` and `metrics`; see `summary`),
        and `differences` of nDCG@20 (see `differences`).
    """
    directory.mkdir(parents=True, exist_ok=True)
    key = _fingerprint(data)
    measured: dict[str, Any] = {}
    ranked: dict[str, Ranked] = {}
    for name, ranker in rankers.items():
        logger.info("%s", name)
        seconds, ranked[name], fitted = _measured(ranker, data, directory, name, key)
        measured[name] = {
            "kind": type(ranker).__name__,
            "settings": asdict(ranker),  # type: ignore[call-overload]
            "fit_seconds": seconds,
            "milliseconds_a_user": 1000 * ranked[name].seconds_a_user,
            "bytes": fitted.size_bytes,
            "metrics": summary(ranked[name]),
        }
    return {
        "data": describe(data),
        "rankers": measured,
        "differences": differences(ranked, OURS, "nDCG@20"),
    }


def describe(data: RankingData) -> dict[str, Any]:
    """Count items, and by group users, interactions and photos."""
    seen = np.isin(np.arange(len(data.items)), data.train[:, 1])
    groups = {}
    for group in GROUPS:
        rows = np.flatnonzero(data.groups == group).tolist()
        if rows:
            groups[group] = {
                "users": len(rows),
                "interactions": float(np.mean([len(data.taken[r]) for r in rows])),
                "photos": float(np.mean([len(data.photos[r]) for r in rows]))
                if data.photos is not None
                else None,
                "test": int(np.isin(data.test[:, 0], rows).sum()),
            }
    return {
        "items": len(data.items),
        "items_never_taken": int((~seen).sum()),
        "train": len(data.train),
        "validation": len(data.validation),
        "test": len(data.test),
        "groups": groups,
    }


def _measured(
    ranker: Ranker, data: RankingData, directory: Path, name: str, key: str
) -> tuple[float, Ranked, Ranker]:
    slug = "".join(c if c.isalnum() else "_" for c in name)
    model, reached = directory / f"{slug}.npz", directory / f"{slug}.json"
    whole = f"{key} {ranker}"
    if model.is_file() and reached.is_file():
        kept = json.loads(reached.read_text(encoding="utf-8"))
        if kept["key"] == whole:
            logger.info("%s: kept from an earlier run", name)
            return kept["fit_seconds"], _ranked(kept), Ranker.load(model)
    started = time.perf_counter()
    fitted = replace(ranker).fit(data)  # type: ignore[type-var]
    seconds = time.perf_counter() - started
    fitted.save(model)
    ranked = rank_users(fitted, data)
    content = {
        "key": whole,
        "fit_seconds": seconds,
        "seconds_a_user": ranked.seconds_a_user,
        "values": {n: _plain(ranked.values[n]) for n in PROTOCOLS},
        "groups": ranked.groups.tolist(),
    }
    write_atomically(reached, json.dumps(content))
    return seconds, ranked, fitted


def _ranked(kept: dict[str, Any]) -> Ranked:
    values = {name: np.array(rows, float) for name, rows in kept["values"].items()}
    return Ranked(values, np.array(kept["groups"]), kept["seconds_a_user"])


def _plain(values: np.ndarray) -> list[list[float | None]]:
    return [[None if np.isnan(v) else float(v) for v in row] for row in values]


def _fingerprint(data: RankingData) -> str:
    digest = hashlib.sha256()
    for part in (data.train, data.validation, data.test, data.features):
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()
