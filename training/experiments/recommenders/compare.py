"""Trains and measures every ranker of a comparison; a stopped one resumes."""

import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from training.experiments.recommenders.config import PROPOSED
from training.experiments.recommenders.data import GROUPS, RankingData
from training.experiments.recommenders.dvbpr import Dvbpr
from training.experiments.recommenders.rank_users import (
    PROTOCOLS,
    Ranked,
    differences,
    rank_users,
    summary,
)
from training.experiments.recommenders.ranker import Ranker
from training.runs import Run
from training.runs.hashing import sha256_of

logger = logging.getLogger(__name__)


def compare(
    rankers: Mapping[str, Ranker], data: RankingData, directory: Path
) -> dict[str, Any]:
    """Fit and measure rankers on one split.

    Args:
        rankers: By name; `PROPOSED` is among them.
        data: What to fit and to measure on.
        directory: Gets a run for each ranker; one of the same settings and data is not
            fitted again.

    Returns:
        Ready for JSON: `data` (see `describe`), `rankers` (name -> `kind`, `settings`,
        `fit_seconds`, `milliseconds_a_user`, `bytes` and `metrics`; see `summary`),
        and `differences` of nDCG@20 (see `differences`).
    """
    hashes = {name: sha256_of(array) for name, array in _arrays(data).items()}
    pixels = {} if data.pixels is None else {"pixels": sha256_of(data.pixels)}
    measured: dict[str, Any] = {}
    ranked: dict[str, Ranked] = {}
    for name, ranker in rankers.items():
        logger.info("%s", name)
        read = hashes | pixels if isinstance(ranker, Dvbpr) else hashes
        ranked[name], found = _measured(ranker, data, directory, name, read)
        measured[name] = {
            "kind": type(ranker).__name__,
            "settings": asdict(ranker),  # type: ignore[call-overload]
            "fit_seconds": found["fit_seconds"],
            "milliseconds_a_user": 1000 * ranked[name].seconds_per_user,
            "bytes": found["bytes"],
            "metrics": summary(ranked[name]),
        }
    return {
        "data": describe(data),
        "rankers": measured,
        "differences": differences(ranked, PROPOSED, "nDCG@20"),
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
    ranker: Ranker,
    data: RankingData,
    directory: Path,
    name: str,
    hashes: Mapping[str, str],
) -> tuple[Ranked, Mapping[str, Any]]:
    run = Run(
        directory,
        "".join(c if c.isalnum() else "_" for c in name),
        kind="ranker",
        config={"ranker": type(ranker).__name__, "settings": ranker},
        inputs=hashes,
        output=None,
    )

    def fit(values: dict[str, Any]) -> None:
        started = time.perf_counter()
        fitted = replace(ranker).fit(data)  # type: ignore[type-var]
        seconds = time.perf_counter() - started
        ranked = rank_users(fitted, data)
        values |= {
            "fit_seconds": seconds,
            "seconds_per_user": ranked.seconds_per_user,
            "bytes": fitted.size_bytes,
            "values": {n: _plain(ranked.values[n]) for n in PROTOCOLS},
            "groups": ranked.groups.tolist(),
        }

    found = run.ensure(fit).values
    values = {name: np.array(rows, float) for name, rows in found["values"].items()}
    return Ranked(values, np.array(found["groups"]), found["seconds_per_user"]), found


def _plain(values: np.ndarray) -> list[list[float | None]]:
    return [[None if np.isnan(v) else float(v) for v in row] for row in values]


def _arrays(data: RankingData) -> dict[str, np.ndarray]:
    """Everything but pixels that a result depends on, by name."""
    arrays = {
        "train": data.train,
        "validation": data.validation,
        "test": data.test,
        "features": data.features,
        "categories": data.categories,
        "groups": data.groups,
        "tie_seed": np.array(data.tie_seed),
    }
    if data.photos is not None:
        arrays["photos"] = np.concatenate(data.photos)
        arrays["photos_of_users"] = np.array([len(own) for own in data.photos])
    return arrays
