"""Settings chosen on validation, then every ranker under every protocol."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy.cluster.vq import kmeans2

from training.experiments.movielens.protocols import (
    by_last,
    by_time,
    of_cold_users,
    of_new_items,
)
from training.experiments.movielens.rated_pictures import RatedPictures
from training.experiments.movielens.settings import (
    CANNOT_RANK_NEW,
    COSTLY,
    READ_PICTURES,
    REFERENCE,
    Choices,
)
from training.experiments.movielens.stages import Stages
from training.experiments.recommenders.compare import describe
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.quality import validation_quality
from training.experiments.recommenders.rank_users import rank_users, users_to_rank
from training.experiments.recommenders.ranker import Ranker
from training.experiments.recommenders.ranking import METRICS
from training.experiments.recommenders.splits import Split
from training.metrics.bootstrap import Bootstrap
from training.runs import Input

logger = logging.getLogger(__name__)
CLUSTERS = 20
CHOSEN_BY = "nDCG@20"
CATALOGUE, NEW_ITEMS = "catalogue", "new_items"
PROTOCOLS: tuple[str, ...] = ("leave-one-out", "new-items", "cold-users", "temporal")
OF_COSTLY = PROTOCOLS[:2]
"""Those that costly rankers are measured under."""
Draw = Callable[[int], RankingData]


def run_study(
    rated: RatedPictures,
    bundle: Path,
    every: Choices,
    seeds: Sequence[int],
    picture_size: int | None,
    directory: Path,
    only: Collection[str] = PROTOCOLS,
) -> dict[str, Any]:
    """Choose settings on validation, then measure all rankers under all protocols.

    Args:
        rated: Ratings and pictures.
        bundle: Folder of the bundle that reads the pictures.
        every: Settings to choose from, by ranker; `REFERENCE` is among them.
        seeds: Of trainings, and of the draws of cold users and new items.
        picture_size: Height and width of pictures for DVBPR; None without it.
        directory: Gets a run for each stage; a finished one is not repeated.
        only: Protocols that are measured.

    Returns:
        Ready for JSON: `items_without_picture`, `chosen` (protocol that chose ->
        ranker -> `settings`, `place` and validation `scores`) and `protocols` (name ->
        `data`, `rankers`, `differences`; see `measure`).
    """
    features = rated.features(bundle)
    pixels = None if picture_size is None else rated.pixels(picture_size)
    make = partial(_join, rated.items, features, pixels)
    given = (rated.events, rated.items, make)

    inputs: dict[str, Input] = {"features": features, "events": rated.events}
    kept = Stages(directory, inputs)
    last, in_time = by_last(*given), by_time(*given)
    chosen = {
        "leave-one-out": choose(every, last, _on_validation, kept.below("choose"))
    }
    known = _chosen(every, chosen["leave-one-out"])
    of_new: dict[str, Ranker] = {}
    if "new-items" in only:
        of_pictures = {
            name: own for name, own in every.items() if name in READ_PICTURES
        }
        for_choice = partial(of_new_items, *given, seed=seeds[0], chosen=True)
        chosen["new-items"] = choose(
            of_pictures, for_choice(), _on_new_items, kept.below("choose-new-items")
        )
        of_new = {name: known[name] for name in CANNOT_RANK_NEW}
        of_new |= _chosen(every, chosen["new-items"])
    cheap = {name: one for name, one in known.items() if name not in COSTLY}
    plans: dict[str, tuple[dict[str, Ranker], Draw, str]] = {
        "leave-one-out": (known, lambda _: last, CATALOGUE),
        "new-items": (of_new, partial(of_new_items, *given), NEW_ITEMS),
        "cold-users": (cheap, partial(of_cold_users, *given), CATALOGUE),
        "temporal": (cheap, lambda _: in_time, CATALOGUE),
    }
    return {
        "items_without_picture": rated.without_picture,
        "chosen": chosen,
        "protocols": {
            name: measure(rankers, draw, seeds, candidates, kept.below(name))
            for name, (rankers, draw, candidates) in plans.items()
            if name in only
        },
    }


def choose(
    every: Choices,
    data: RankingData,
    quality: Callable[[Ranker, RankingData], float],
    kept: Stages,
) -> dict[str, Any]:
    """Fit each ranker with each of its settings and find those best on validation.

    Args:
        every: Settings to choose from, by ranker.
        data: What to fit on.
        quality: Of a fitted ranker; the larger, the better.
        kept: Keeps the scores of each ranker.

    Returns:
        Ready for JSON, by ranker: `settings`, their `place` among the choices, and the
        `scores` of all; none where there is no choice.
    """
    report = {}
    for name, rankers in every.items():

        def scores_of_all(rankers: Sequence[Ranker] = rankers) -> dict[str, Any]:
            return {
                "scores": [
                    quality(replace(one).fit(data), data)  # type: ignore[type-var]
                    for one in (rankers if len(rankers) > 1 else [])
                ]
            }

        scores = kept.ensure(name, {"choices": rankers}, scores_of_all)["scores"]
        place = int(np.argmax(scores)) if scores else 0
        settings = asdict(rankers[place])  # type: ignore[call-overload]
        report[name] = {"settings": settings, "place": place, "scores": scores}
        logger.info("%s: %s of %s", name, settings, scores)
    return report


def measure(
    rankers: Mapping[str, Ranker],
    draw: Draw,
    seeds: Sequence[int],
    candidates: str,
    kept: Stages,
) -> dict[str, Any]:
    """Fit and measure rankers once a seed; users are averaged over the seeds.

    Args:
        rankers: By name; `REFERENCE` is among them.
        draw: Data of a seed.
        seeds: Of the draw and of the training. Costly rankers get the first alone.
        candidates: Protocol of `rank_users`: the whole catalogue, or new items alone.
        kept: Keeps the values of each ranker and seed.

    Returns:
        Ready for JSON: `data` of the first seed (see `describe`), `rankers` (name ->
        `kind`, `seeds`: nDCG@20 of each, `users`, and metric -> interval over users)
        and `differences` (name -> nDCG@20 less that of `REFERENCE`, paired).
    """
    drawn = {seed: draw(seed) for seed in seeds}
    values: dict[str, np.ndarray] = {}
    for name, ranker in rankers.items():
        runs: list[np.ndarray] = []
        for seed, data in drawn.items():
            if name in COSTLY and runs:
                break
            repeated = runs and not hasattr(ranker, "seed") and data is drawn[seeds[0]]
            runs.append(
                runs[0]
                if repeated
                else _values(kept, name, ranker, seed, data, candidates)
            )
            logger.info("%s, seed %d measured", name, seed)
        values[name] = np.stack(runs)
    column = METRICS.index(CHOSEN_BY)
    users = {name: _mean(of_seeds) for name, of_seeds in values.items()}
    return {
        "data": describe(drawn[seeds[0]]),
        "rankers": {
            name: {
                "kind": type(rankers[name]).__name__,
                "seeds": np.nanmean(values[name][:, :, column], axis=1).tolist(),
                "users": int((~np.isnan(own).all(axis=1)).sum()),
            }
            | {
                m: asdict(Bootstrap(len(own)).mean(own[:, i]))
                for i, m in enumerate(METRICS)
            }
            for name, own in users.items()
        },
        "differences": {
            name: _difference(values[name], values[REFERENCE][: len(values[name])])
            for name in users
            if name != REFERENCE
        },
    }


def _difference(ours: np.ndarray, others: np.ndarray) -> dict[str, float]:
    """Paired difference of the same seeds `(seeds, users, metrics)`."""
    column = METRICS.index(CHOSEN_BY)
    one, two = (_mean(each)[:, column] for each in (ours, others))
    return asdict(Bootstrap(len(one)).difference(one, two))


def _chosen(every: Choices, report: Mapping[str, Any]) -> dict[str, Ranker]:
    return {name: every[name][one["place"]] for name, one in report.items()}


def _values(
    kept: Stages,
    name: str,
    ranker: Ranker,
    seed: int,
    data: RankingData,
    candidates: str,
) -> np.ndarray:
    """Metrics of each user, float `(users, metrics)`; NaN for users not ranked for."""
    options = {"seed": seed} if hasattr(ranker, "seed") else {}
    seeded = replace(ranker, **options)  # type: ignore[type-var]

    def rank() -> dict[str, Any]:
        fitted = replace(seeded).fit(data)  # type: ignore[type-var]
        ranked = rank_users(fitted, data).values[candidates]
        return {"values": [[None if np.isnan(v) else v for v in u] for u in ranked]}

    config = {"ranker": type(ranker).__name__, "settings": seeded, "seed": seed}
    rows = kept.ensure(f"{name}, seed {seed}", config, rank)["values"]
    found = np.full((len(data.users), len(METRICS)), np.nan)
    found[users_to_rank(data)] = np.array(rows, float)
    return found


def _mean(of_seeds: np.ndarray) -> np.ndarray:
    """Mean over seeds `(seeds, users, metrics)`, of users that some seed has."""
    known = ~np.isnan(of_seeds)
    counts = known.sum(axis=0)
    sums = np.where(known, of_seeds, 0.0).sum(axis=0)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return means[counts.any(axis=1)]


def _on_validation(ranker: Ranker, data: RankingData) -> float:
    return validation_quality(data, ranker.score, metric=CHOSEN_BY)


def _on_new_items(ranker: Ranker, data: RankingData) -> float:
    values = rank_users(ranker, data).values[NEW_ITEMS]
    return float(np.nanmean(values[:, METRICS.index(CHOSEN_BY)]))


def _join(
    all_items: tuple[str, ...],
    features: np.ndarray,
    pixels: np.ndarray | None,
    split: Split,
    items: tuple[str, ...],
) -> RankingData:
    """Join a split with features, pictures and clusters of the items it keeps."""
    place = {item: row for row, item in enumerate(all_items)}
    rows = np.array([place[item] for item in items])
    data = RankingData(
        split.users,
        items,
        split.train,
        split.validation,
        split.test,
        features[rows],
        np.full(len(rows), -1, np.int32),
        pixels=None if pixels is None else pixels[rows],
    )
    count = min(CLUSTERS, len(rows))
    _, clusters = kmeans2(data.standardised, count, minit="++", seed=1)
    return replace(data, categories=clusters.astype(np.int32))
