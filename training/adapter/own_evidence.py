"""What photo evidence finds in the photos of a deployer's users."""

from collections.abc import Sequence

import numpy as np

from training.aggregators.photo_evidence import PhotoEvidence

CHUNK = 1024
"""Photos read at once."""


def universal_logits(
    aggregator: PhotoEvidence, features: np.ndarray, sets: Sequence[np.ndarray]
) -> np.ndarray:
    """Returns the interests' logits of users, each photo read once.

    Args:
        aggregator: With its weights.
        features: Stored features `(photos, dimension)`.
        sets: Rows of `features` of each user.

    Returns:
        float64 `(users, categories)`.
    """
    evidence = np.concatenate(
        [
            np.asarray(aggregator.evidence(aggregator.photo_logits(part)))
            for part in np.split(features, range(CHUNK, len(features), CHUNK))
        ]
    ).astype(np.float64)
    pooled = np.stack([np.logaddexp.reduce(evidence[rows]) for rows in sets])
    return np.asarray(aggregator.interest_logits(pooled.astype(np.float32)), float)
