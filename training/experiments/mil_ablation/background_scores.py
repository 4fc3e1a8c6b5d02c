"""Other ways than a learned class to recognise background photos.

Each replaces the logit of the none class, whose offset `fit_scalars` fits anyway.
"""

import numpy as np

SHRINKAGE = 0.1
"""Part of the mean variance that is added to the covariance's diagonal."""


def energy(logits: np.ndarray) -> np.ndarray:
    """Gives none the same logit in every photo.

    Then p(none) is a sigmoid of the negative log-sum-exp of the categories' logits:
    the energy score (Liu et al., "Energy-based Out-of-distribution Detection", 2020).

    Args:
        logits: `(photos, categories + 1)`, none last.
    """
    changed = logits.copy()
    changed[:, -1] = 0.0
    return changed


def mahalanobis_distances(
    photos: np.ndarray,
    train: np.ndarray,
    labels: np.ndarray,
    hidden: np.ndarray | None = None,
) -> np.ndarray:
    """Distance of photos to the nearest category, in standard deviations of photos.

    Lee et al., "A Simple Unified Framework for Detecting Out-of-Distribution Samples
    and Adversarial Attacks", 2018: categories are Gaussians of one covariance.

    Args:
        photos: Standardised, float32 `(photos, dimension)`.
        train: Those of the categories, `(training photos, dimension)`.
        labels: Their categories, int, none of them without interest.
        hidden: For each of `photos` a category that counts as unknown; -1 for none.

    Returns:
        float `(photos,)`, squared distances less their mean over the training photos,
        over their standard deviation there.
    """
    known = np.unique(labels)
    means = np.stack([train[labels == one].mean(axis=0) for one in known])
    centred = train - means[np.searchsorted(known, labels)]
    covariance = centred.T @ centred / len(train)
    covariance += (
        SHRINKAGE
        * np.trace(covariance)
        / len(covariance)
        * np.eye(len(covariance), dtype=covariance.dtype)
    )
    whitening = np.linalg.inv(np.linalg.cholesky(covariance)).T
    centres = means @ whitening

    def nearest(some: np.ndarray, unknown: np.ndarray) -> np.ndarray:
        white = some @ whitening
        squared = (
            (white**2).sum(axis=1, keepdims=True)
            - 2 * white @ centres.T
            + (centres**2).sum(axis=1)
        )
        squared[known[None, :] == unknown[:, None]] = np.inf
        return squared.min(axis=1)

    no_class = np.full(len(train), -1)
    of_train = nearest(train, no_class)
    hidden = np.full(len(photos), -1) if hidden is None else hidden
    return (nearest(photos, hidden) - of_train.mean()) / of_train.std()
