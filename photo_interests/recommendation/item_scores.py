"""How well items of a catalogue suit a person, from the person's photos alone.

An item scores by every photo that it resembles, weighted by the interests of both:

    s_i = sum_c q_ic (P_c / N sum_n p_nc exp(t (cos(f_n, f_i) - 1)) + e pi_c)

with P_c the probability of interest c, p_nc that c is on photo n, q_ic that c is on the
item's picture, f the stored features and pi_c how popular the category is with anybody.
Interests select the kind of product (a cup), the cosine one of that kind (this cup).
No part is trained on purchases. With a bundle of format 2 c runs over kinds, and with a
tenth of the weight over interests, which are too coarse to select a product.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photo_interests.models.model_output import Floats, ModelOutput

SHARPNESS = 8.0
"""t above; chosen on validation users of a simulated shop."""
PRIOR = 0.001
"""e above; orders the items that match no photo."""
INTEREST_WEIGHT = 0.1
"""Of interests beside kinds; chosen on validation users of a simulated shop. At 1
interests ruin the order; at 0 the category that a shop gives would not count."""
ITEMS_AT_ONCE = 2048


@dataclass(frozen=True)
class UserPreferenceProfile:
    """What is known of a person's preferences, from their photos.

    Attributes:
        features: Unit vectors `(photos, dimension)`.
        interests: P_c p_nc / N, `(photos, interests)`; with a bundle of format 2 of
            interests, then kinds.
    """

    features: NDArray[np.float32]
    interests: NDArray[np.float32]

    @classmethod
    def of(
        cls,
        features: NDArray[np.uint8],
        output: ModelOutput,
        listed: NDArray[np.bool_] | None = None,
        rows: NDArray[np.intp] | None = None,
    ) -> "UserPreferenceProfile":
        """Compute the profile from the outputs of an aggregator.

        Args:
            features: Stored features `(photos, dimension)`.
            output: Outputs of the aggregator for these features.
            listed: Which interests and kinds may count `(interests + kinds,)`; all
                if None.
            rows: Index of the photo or video of each row, ascending `(photos,)`: frames
                of a video count once together. Each row is a photo if None.
        """
        probabilities, chances = set_probabilities(output), item_probabilities(output)
        if rows is None:
            rows = np.arange(len(features))
        counts = np.bincount(rows)
        parts = (1 / (len(counts) * counts[rows])).astype(np.float32)
        weights = probabilities * chances * parts[:, None]
        if output.repetition is not None:
            weights[:, : len(output.probabilities)] *= INTEREST_WEIGHT
        if listed is not None:
            weights = weights * listed
        return cls(unit_vectors(features), weights.astype(np.float32))


class Reason(NamedTuple):
    """Why an item suits: the interest and the photo that contribute most.

    Attributes:
        interest: Index of the interest in the outputs.
        photo: Row of the photo.
        share: Part of the item's score that this interest has, 0 to 1.
    """

    interest: int
    photo: int
    share: float


def set_probabilities(output: ModelOutput) -> Floats:
    """Return the probability of each interest, and then of each kind, for a person."""
    if output.repetition is None:
        return output.probabilities
    return np.concatenate([output.probabilities, output.repetition.kind_probabilities])


def item_probabilities(output: ModelOutput) -> Floats:
    """Return those of single pictures, `(pictures, interests + kinds)`."""
    if output.repetition is None:
        return output.photo_probabilities
    kinds = output.repetition.photo_kind_probabilities
    return np.concatenate([output.photo_probabilities, kinds], axis=1)


def unit_vectors(features: NDArray) -> NDArray[np.float32]:
    """Scale rows to length 1; a row of zeros stays one."""
    values = np.asarray(features, np.float32)
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    return (values / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def score_items(
    profile: UserPreferenceProfile,
    features: NDArray[np.uint8],
    interests: NDArray[np.float32],
    popularity: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Score items; larger is better.

    Args:
        profile: Preference profile of the person.
        features: Stored features of the items' pictures `(items, dimension)`.
        interests: Probability of each interest on each picture `(items, interests)`.
        popularity: Share of each category in all purchases `(interests,)`; uniform
            if None.

    Returns:
        `(items,)`.
    """
    if popularity is None:
        popularity = np.full(interests.shape[1], 1 / interests.shape[1], np.float32)
    scores = np.empty(len(features), np.float32)
    for start in range(0, len(features), ITEMS_AT_ONCE):
        part = slice(start, start + ITEMS_AT_ONCE)
        likeness = _likeness(profile, features[part])
        agreement = profile.interests @ interests[part].T
        scores[part] = (agreement * likeness).sum(axis=0)
        scores[part] += PRIOR * interests[part] @ popularity
    return scores


def explain(
    profile: UserPreferenceProfile,
    features: NDArray[np.uint8],
    interests: NDArray[np.float32],
    rows: NDArray[np.intp] | None = None,
) -> Reason:
    """Return why one item suits.

    Args:
        profile: Preference profile of the person.
        features: Stored features of the item, uint8 `(dimension,)`.
        interests: Probability of each interest on its picture `(interests,)`.
        rows: As of `UserPreferenceProfile.of`: of the video that contributes most with
            all its frames, the best one is the reason.
    """
    likeness = _likeness(profile, features[None])
    terms = profile.interests * likeness * interests
    by_interest = terms.sum(axis=0)
    interest = int(by_interest.argmax())
    whole = float(by_interest.sum())
    share = float(by_interest[interest]) / whole if whole > 0 else 0.0
    by_row = terms[:, interest]
    if rows is not None:
        best = np.bincount(rows, weights=by_row).argmax()
        by_row = np.where(rows == best, by_row, -1)
    return Reason(interest, int(by_row.argmax()), share)


def _likeness(
    profile: UserPreferenceProfile, features: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """`(photos, items)`, 1 for pictures that look the same, near 0 for others."""
    return np.exp(SHARPNESS * (profile.features @ unit_vectors(features).T - 1))
