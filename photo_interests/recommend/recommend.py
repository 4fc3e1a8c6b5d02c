"""Products that suit a person's photos, each with the reason."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card_sections import Category
from photo_interests.predict import Prediction
from photo_interests.recommend.candidates import EXACT_ITEMS, candidates
from photo_interests.recommend.catalogue_file import Catalogue, Item
from photo_interests.recommend.item_scores import Taste, explain, score_items


@dataclass(frozen=True)
class Recommendation:
    """A product, and why.

    Attributes:
        item: the product.
        row: its place in the catalogue.
        score: larger is better; only ratios mean anything.
        match: score in parts of the best product's, 0 to 1.
        interest: the one that speaks for it most.
        probability: that this is an interest of the person.
        photo: the photo that speaks for it most.
        suits: whether that interest is one of the person; the others fill the list,
            in the order of what is likeliest.
    """

    item: Item
    row: int
    score: float
    match: float
    interest: Category
    probability: float
    photo: Path
    suits: bool


def recommend(
    prediction: Prediction,
    features: NDArray[np.uint8],
    catalogue: Catalogue,
    beside: Path,
    top: int,
    exact_items: int = EXACT_ITEMS,
) -> list[Recommendation]:
    """Rank the products of a catalogue, best first.

    Of equal products the one further up in the catalogue comes first.

    Args:
        prediction: what the photos say.
        features: stored features of these photos `(photos, dimension)`.
        catalogue: made with the same bundle.
        beside: the catalogue's file, where an index of a large one is kept.
        top: how many products at most.
        exact_items: see `candidates`.
    """
    taste = Taste.of(features, prediction.answer)
    rows = candidates(taste, catalogue.features, beside, exact_items)
    if rows is None:
        rows = np.arange(len(catalogue.items))
    scores = score_items(taste, catalogue.features[rows], catalogue.interests[rows])
    order = np.argsort(-scores, kind="stable")[:top]
    best = float(scores[order[0]])
    made = []
    for place in order:
        row = int(rows[place])
        reason = explain(taste, catalogue.features[row], catalogue.interests[row])
        probability = float(prediction.answer.probabilities[reason.interest])
        made.append(
            Recommendation(
                catalogue.items[row],
                row,
                float(scores[place]),
                float(scores[place]) / best if best > 0 else 0.0,
                prediction.card.categories[reason.interest],
                probability,
                prediction.photos[reason.photo],
                probability >= prediction.card.thresholds.interest,
            )
        )
    return made
