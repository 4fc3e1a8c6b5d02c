"""The linear probe: how good the features are before or after fine-tuning."""

import io
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from photo_interests.files import write_atomically
from training.backbone.classifier import top1
from training.backbone.linear_start import moments

INVERSE_REGULARISATION = (0.01, 0.02, 0.05)


@dataclass(frozen=True)
class LinearProbe:
    """A linear classifier on raw features, chosen on validation photos.

    Attributes:
        weights: float32 (D + 1, features), none last.
        bias: float32 (D + 1,).
        inverse_regularisation: The strength chosen (scikit-learn's C).
    """

    weights: np.ndarray
    bias: np.ndarray
    inverse_regularisation: float

    def logits(self, features: np.ndarray) -> np.ndarray:
        """Score features (photos, 1024) -> (photos, D + 1)."""
        return features @ self.weights.T + self.bias

    def save(self, path: Path) -> None:
        """Write the probe atomically as `.npz`."""
        buffer = io.BytesIO()
        np.savez(buffer, **asdict(self))
        write_atomically(path, buffer.getvalue())

    @classmethod
    def load(cls, path: Path) -> "LinearProbe":
        """Read a probe written by `save`."""
        with np.load(path) as arrays:
            strength = float(arrays["inverse_regularisation"])
            return cls(arrays["weights"], arrays["bias"], strength)


def fit_probe(
    train: tuple[np.ndarray, np.ndarray],
    validation: tuple[np.ndarray, np.ndarray],
    categories: int,
) -> LinearProbe:
    """Fit a multinomial logistic regression with a none class.

    Args:
        train: float features (photos, 1024) and int labels, D for none.
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
    standard: np.ndarray, labels: np.ndarray, strength: float
) -> LogisticRegression:
    """Fit a multinomial logistic regression on standardised features.

    Args:
        standard: float (photos, dimension).
        labels: int (photos,).
        strength: Inverse of the regularisation (scikit-learn's C).
    """
    model = LogisticRegression(C=strength, max_iter=150, tol=1e-3)
    return model.fit(standard, labels)
