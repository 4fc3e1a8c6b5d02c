"""Systems that the benchmark compares with: released bundles, and plain counting."""

from pathlib import Path

import numpy as np

from photo_interests.models.interest_model import InterestModel
from training.galleries.config import SHOWN
from training.galleries.galleries import Gallery
from training.galleries.metrics import Claims, at_threshold

PRETRAINED = Path(__file__).parent / "mobilenet.npz"
"""Probabilities of the pretrained MobileNet v1 on each photo, summed by kind."""


def released(
    bundle: Path, features: np.ndarray, galleries: list[Gallery]
) -> tuple[Claims, np.ndarray]:
    """Run a released bundle's own aggregator.

    Args:
        bundle: Folder of the bundle.
        features: uint8 `(photos, 1024)` of the bundle's extractor.
        galleries: Of these photos.

    Returns:
        What it shows, and its probabilities on each photo `(photos, categories)`.
    """
    model = InterestModel(bundle)
    claims = np.stack([model(features[one.rows]).probabilities for one in galleries])
    return (
        at_threshold(claims, model.card.thresholds.interest),
        model(features).photo_probabilities,
    )


def counted(
    photo_probabilities: np.ndarray, galleries: list[Gallery], photos: int
) -> Claims:
    """Show what some photos show by themselves.

    Args:
        photo_probabilities: float `(photos, claims)`.
        galleries: Of these photos.
        photos: How many photos must have a probability of at least `SHOWN`; the
            probability of a claim is that of the last of these.
    """
    best = np.stack(
        [np.sort(photo_probabilities[one.rows], axis=0)[-photos] for one in galleries]
    )
    return at_threshold(best, SHOWN)


def load_pretrained(kinds: int, path: Path = PRETRAINED) -> np.ndarray:
    """Read the pretrained network's answers: float32 `(photos, kinds)`."""
    with np.load(path) as stored:
        answers = np.zeros((int(stored["photos"]), kinds), np.float32)
        answers[stored["rows"], stored["columns"]] = stored["probabilities"]
    return answers
