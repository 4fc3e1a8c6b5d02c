"""Products that suit a person's photos, each with the reason."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from photo_interests.bundle.card_sections import Category
from photo_interests.predict import Prediction
from photo_interests.recommendation.candidates import EXACT_ITEMS, candidates
from photo_interests.recommendation.catalogue_file import Item, read_catalogue
from photo_interests.recommendation.item_scores import (
    UserPreferenceProfile,
    explain,
    score_items,
)


@dataclass(frozen=True)
class Recommendation:
    """A product, with the interest and the photo that explain it.

    Attributes:
        item: Product of the catalogue.
        row: Row of the product in the catalogue.
        score: Ranking score; larger is better, only ratios are meaningful.
        match: Score divided by that of the best product, 0 to 1.
        interest: Category that contributes most to the score.
        probability: Probability that this is an interest of the person.
        photo: Photo that contributes most to the score.
        suits: Whether the probability reaches the card's threshold. Products that do
            not are listed as well, each at the place of its score.
    """

    item: Item
    row: int
    score: float
    match: float
    interest: Category
    probability: float
    photo: Path
    suits: bool


def rank_products(
    prediction: Prediction,
    file: Path,
    top: int,
    exact_items: int = EXACT_ITEMS,
) -> list[Recommendation]:
    """Rank the products of a catalogue, best first.

    Of equal products the one further up in the catalogue comes first.

    Args:
        prediction: Prediction from the person's photos.
        file: Catalogue made with the same bundle; an index of a large one is kept
            beside it.
        top: Maximum number of products.
        exact_items: Number of items up to which all are scored; see `candidates`.

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: The catalogue is damaged or of another bundle.
    """
    catalogue = read_catalogue(file, prediction.card, thumbnails=False)
    profile = UserPreferenceProfile.of(prediction.features, prediction)
    rows = candidates(profile, catalogue.features, file, exact_items)
    if rows is None:
        rows = np.arange(len(catalogue.items))
    scores = score_items(profile, catalogue.features[rows], catalogue.interests[rows])
    order = np.argsort(-scores, kind="stable")[:top]
    best = float(scores[order[0]])
    made = []
    for place in order:
        row = int(rows[place])
        reason = explain(profile, catalogue.features[row], catalogue.interests[row])
        probability = float(prediction.probabilities[reason.interest])
        made.append(
            Recommendation(
                catalogue.items[row],
                row,
                float(scores[place]),
                float(scores[place]) / best if best > 0 else 0.0,
                prediction.card.interests[reason.interest],
                probability,
                prediction.photos[reason.photo],
                probability >= prediction.card.thresholds.interest,
            )
        )
    return made
