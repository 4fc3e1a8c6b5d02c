"""Whether clustering survives 100,000 faces: synthetic ones that spread as real do."""

import time
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.analysis.card import load_analyzer
from photo_interests.analysis.identity.average_linkage import link
from photo_interests.analysis.identity.clusters import Clusters
from photo_interests.analysis.identity.face_aligner import NAME
from photo_interests.analysis.identity.face_embedder import FaceEmbedder
from photo_interests.analysis.identity.groups import units_of
from training.experiments.analyzers.identity import embed_folder

FACES = 100_000
STRANGERS = 30_000
"""Faces of people who are seen once: passers-by."""
PEOPLE = 500
PORTRAITS = "everyday/train/faces2"
SAME_DISTANCE = 0.3
"""Typical distance of two faces of one person: on photos of one session it is .25."""
DIFFICULTY = 0.35
"""Standard deviation of the logarithm of how far a face is from its person's middle."""
SEED = 1


def measure(data: Path, folder: Path) -> dict[str, Any]:
    """Cluster synthetic faces in three orders.

    Args:
        data: Folder of the photo sets.
        folder: Folder of the installed analyzer.

    Returns:
        By order precision and recall of pairs, seconds and numbers of clusters and
        groups, and the largest memory beside the embeddings.
    """
    thresholds = load_analyzer(folder, NAME).thresholds
    portraits = embed_folder(data / PORTRAITS, FaceEmbedder(folder))
    embeddings, people = draw(portraits, np.random.default_rng(SEED))
    random = np.random.default_rng(SEED + 1).permutation(FACES)
    orders = {
        "shuffled": random,
        "person after person": np.argsort(people, kind="stable"),
        "the same backwards": np.argsort(people, kind="stable")[::-1],
    }
    results: dict[str, Any] = {}
    labels = {}
    for name, order in orders.items():
        labels[name] = np.empty(FACES, np.int64)
        labels[name][order], results[name] = _cluster(embeddings[order], thresholds)
        results[name] |= pair_rates(labels[name], people)
    return {
        "faces": FACES,
        "people": PEOPLE,
        "strangers": STRANGERS,
        "orders": results,
        "agreement": {
            name: pair_rates(labels[name], labels["shuffled"])
            for name in orders
            if name != "shuffled"
        },
        "embeddings_mb": embeddings.nbytes / 1e6,
    }


def draw(
    portraits: np.ndarray, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw faces: people lie as the portraits do, and their faces around them.

    Args:
        portraits: Embeddings of different people, `(n, width)`.
        random: Generator.

    Returns:
        float32 `(faces, width)` and the person of each, `(faces,)`. The most frequent
        of `PEOPLE` has a share of 1 / (1 + 1/2 + ...), as names do.
    """
    width = portraits.shape[1]
    covariance = np.cov(portraits.T)
    middles = random.multivariate_normal(
        portraits.mean(axis=0), covariance, PEOPLE + STRANGERS
    )
    shares = 1 / np.arange(1, PEOPLE + 1)
    regular = random.choice(PEOPLE, FACES - STRANGERS, p=shares / shares.sum())
    people = np.concatenate([regular, np.arange(PEOPLE, PEOPLE + STRANGERS)])
    # Two faces of one person differ by twice the variance of one.
    deviation = SAME_DISTANCE / np.sqrt(2 * width)
    noise = random.normal(0, deviation, (FACES, width))
    noise *= np.exp(random.normal(0, DIFFICULTY, (FACES, 1)))
    return (middles[people] + noise).astype(np.float32), people


def pair_rates(labels: np.ndarray, people: np.ndarray) -> dict[str, float]:
    """Return precision and recall of pairs, from counts alone.

    Args:
        labels: Group of each face, `(faces,)`.
        people: Person of each, `(faces,)`.
    """
    both = np.unique(np.stack([labels, people]), axis=1, return_counts=True)[1]
    right = _pairs(both)
    return {
        "precision": right / max(_pairs(np.bincount(labels)), 1.0),
        "recall": right / max(_pairs(np.bincount(people)), 1.0),
    }


def _pairs(counts: np.ndarray) -> float:
    return float((counts.astype(float) * (counts - 1) / 2).sum())


def _cluster(
    embeddings: np.ndarray, thresholds: dict[str, float]
) -> tuple[np.ndarray, dict[str, Any]]:
    tracemalloc.start()  # NumPy tells it of its arrays
    started = time.perf_counter()
    clusters = Clusters(embeddings.shape[1], thresholds["radius"])
    placed = clusters.add(embeddings)
    added = time.perf_counter()
    labels = link(units_of(clusters), thresholds["distance"])[placed]
    finished = time.perf_counter()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return labels, {
        "clusters": len(clusters.counts),
        "groups": len(set(labels.tolist())),
        "seconds_to_add": added - started,
        "seconds_to_group": finished - added,
        "peak_mb": peak / 1e6,
    }
