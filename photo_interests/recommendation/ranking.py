"""Products that suit a person's photos, each with the reason."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import Card, CardFormat2
from photo_interests.bundle.card_sections import Category
from photo_interests.bundle.interest_sections import Kind, is_kind_listed, is_listed
from photo_interests.level import Level
from photo_interests.models.interest_model import InterestModel
from photo_interests.photos.photo_worker import Still
from photo_interests.predict import Prediction
from photo_interests.recommendation.candidates import EXACT_ITEMS, candidates
from photo_interests.recommendation.catalogue_file import (
    Catalogue,
    Item,
    read_catalogue,
)
from photo_interests.recommendation.item_scores import (
    ITEMS_AT_ONCE,
    UserPreferenceProfile,
    explain,
    score_items,
    set_probabilities,
)
from photo_interests.reports.interests import card_threshold


@dataclass(frozen=True)
class Recommendation:
    """A product, with the interest and the photo that explain it.

    Attributes:
        item: Product of the catalogue.
        row: Row of the product in the catalogue.
        score: Ranking score; larger is better, only ratios are meaningful.
        match: Score divided by that of the best product, 0 to 1.
        interest: Interest or kind that contributes most to the score.
        probability: Its probability, from the person's photos.
        photo: Photo or video that contributes most to the score.
        suits: Whether the probability reaches the card's threshold. Products that do
            not are listed as well, each at the place of its score.
        second: Of a video, when the frame that contributes most is shown; None for a
            photo.
    """

    item: Item
    row: int
    score: float
    match: float
    interest: Category | Kind
    probability: float
    photo: Path
    suits: bool
    second: float | None = None

    @property
    def still(self) -> Still:
        """The photo, or the frame of the video, that contributes most."""
        return Still(self.photo, self.second)


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
    card = prediction.card
    catalogue = read_catalogue(file, card, thumbnails=False)
    profile = UserPreferenceProfile.of(
        prediction.features, prediction, _may_count(card), prediction.rows
    )
    rows = candidates(profile, catalogue.features, file, exact_items)
    if rows is None:
        rows = np.arange(len(catalogue.items))
    shop = _Shop(prediction, catalogue)
    scores = np.concatenate(
        [
            score_items(profile, catalogue.features[part], shop.interests(part))
            for part in np.array_split(rows, -(-len(rows) // ITEMS_AT_ONCE))
        ]
    )
    order = np.argsort(-scores, kind="stable")[:top]
    best = float(scores[order[0]])
    shown = shop.interests(rows[order])
    probabilities = set_probabilities(prediction)
    things: list[Category | Kind] = [*card.interests, *card.kinds]
    made = []
    for place, chances in zip(order, shown, strict=True):
        row = int(rows[place])
        reason = explain(profile, catalogue.features[row], chances, prediction.rows)
        still = prediction.stills[reason.photo]
        probability = float(probabilities[reason.interest])
        is_kind = reason.interest >= len(card.interests)
        level = Level.kinds if is_kind else Level.interests
        made.append(
            Recommendation(
                catalogue.items[row],
                row,
                float(scores[place]),
                float(scores[place]) / best if best > 0 else 0.0,
                things[reason.interest],
                probability,
                still.path,
                probability >= card_threshold(card, level),
                still.second,
            )
        )
    return made


class _Shop:
    """Interests on the pictures of products, and with format 2 their kinds.

    A catalogue has no kinds; the model finds them on the stored features.
    """

    def __init__(self, prediction: Prediction, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._model = (
            InterestModel(prediction.bundle, prediction.card)
            if prediction.card.kinds
            else None
        )

    def interests(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Probabilities `(rows, interests + kinds)`."""
        found = self._catalogue.interests[rows]
        if self._model is None:
            return found
        repetition = self._model(self._catalogue.features[rows]).repetition
        assert repetition is not None
        return np.concatenate([found, repetition.photo_kind_probabilities], axis=1)


def _may_count(card: Card) -> NDArray[np.bool_]:
    """Sensitive interests and their kinds recommend nothing, and explain nothing."""
    if not isinstance(card, CardFormat2):
        return np.ones(len(card.interests), bool)
    by_id = {interest.id: interest for interest in card.interests}
    interests = [is_listed(interest, sensitive=False) for interest in card.interests]
    kinds = [is_kind_listed(kind, by_id, sensitive=False) for kind in card.kinds]
    return np.array(interests + kinds)
