"""The linear probe: how good the features are before or after fine-tuning."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from training.arrays import Floats, Integers
from training.backbone.linear_init import moments
from training.runs import writing

INVERSE_REGULARISATION = (0.01, 0.02, 0.05)


@dataclass(frozen=True)
class LinearProbe:
    """A linear classifier on raw features, chosen on validation photos.

    Attributes:
        weights: float32 (D + 1, features), the background class last.
        bias: float32 (D + 1,).
        inverse_regularisation: The strength chosen (scikit-learn's C).
    """

    weights: Floats
    bias: Floats
    inverse_regularisation: float

    def logits(self, features: Floats) -> Floats:
        """Classify features (photos, dimension): float (photos, D + 1)."""
        return features @ self.weights.T + self.bias

    def save(self, path: Path) -> None:
        """Write the probe as `.npz`, whole or not at all."""
        with writing(path) as temporary:
            np.savez(temporary, allow_pickle=False, **asdict(self))

    @classmethod
    def load(cls, path: Path) -> "LinearProbe":
        """Read a probe written by `save`."""
        with np.load(path) as arrays:
            strength = float(arrays["inverse_regularisation"])
            return cls(arrays["weights"], arrays["bias"], strength)


def fit_probe(
    train: tuple[Floats, Integers],
    validation: tuple[Floats, Integers],
    categories: int,
) -> LinearProbe:
    """Fit a multinomial logistic regression with a background class.

    Args:
        train: float features (photos, dimension) and int labels (photos,), D for the
            background class.
        validation: The same, to choose the regularisation on by top-1.
        categories: D.
    """
    mean, deviation = moments(train[0])
    best, best_score = None, -1.0
    for strength in INVERSE_REGULARISATION:
        model = fit_logistic((train[0] - mean) / deviation, train[1], strength)
        weights = model.coef_ / deviation
        bias = model.intercept_ - weights @ mean
        probe = LinearProbe(
            weights.astype(np.float32), bias.astype(np.float32), strength
        )
        score = top1(probe.logits(validation[0]), validation[1], categories)
        if score > best_score:
            best, best_score = probe, score
    assert best is not None
    return best


def fit_logistic(
    standard: Floats, labels: Integers, strength: float
) -> LogisticRegression:
    """Fit a multinomial logistic regression on standardised features.

    Args:
        standard: float (photos, dimension).
        labels: int (photos,).
        strength: Inverse regularisation strength (scikit-learn's C).
    """
    model = LogisticRegression(C=strength, max_iter=150, tol=1e-3)
    return model.fit(standard, labels)


def top1(logits: Floats, labels: Integers, categories: int) -> float:
    """Share of photos whose best category is theirs, background photos excluded.

    Args:
        logits: float (photos, D) or (photos, D + 1), the background class last.
        labels: int (photos,), D for the background class.
        categories: D.
    """
    known = labels < categories
    best = logits[known, :categories].argmax(axis=1)
    return float((best == labels[known]).mean())
