"""The proposed ranker: a profile predicted from photos, scored against items."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np

from photo_interests.models.interest_model import InterestModel
from photo_interests.recommendation.item_scores import (
    UserPreferenceProfile,
    item_probabilities,
    score_items,
)
from training.experiments.recommenders.data import RankingData, User
from training.experiments.recommenders.ranker import Ranker


@dataclass
class Profile(Ranker):
    """Scores items by interests and looks; see `score_items`.

    Training is counting how popular items and categories are; no user has anything to
    be trained, so a person who was never seen is like any other. Pictures of what a
    user took count as photos.

    Attributes:
        bundle: Folder of the bundle whose aggregator reads.
        known_categories: Whether items have their categories, or predicted ones.
        popularity: Power of the popularity of an item by which scores are multiplied.
        photos: Whether a user's own photos are read; without them the ranker has the
            same inputs as those that learn from interactions alone.
    """

    bundle: str
    known_categories: bool
    popularity: float
    photos: bool = True

    def fit(self, data: RankingData) -> Self:
        """Read the items' pictures, and count.

        Raises:
            ValueError: Features are not those that the bundle stores.
        """
        if data.features.dtype != np.uint8:
            raise ValueError(
                "features: expected those that our extractor stores (uint8), "
                f"received {data.features.dtype}"
            )
        model = _model(self.bundle)
        read = item_probabilities(model(data.features))
        if self.known_categories:
            read = np.eye(read.shape[1] + 1, dtype=np.float32)[data.categories][:, :-1]
        counts = np.bincount(data.train[:, 1], minlength=len(data.items))
        categories = counts @ read
        self.state = {
            "features": data.features,
            "interests": read,
            "category_popularity": (categories / categories.sum()).astype(np.float32),
            "item_weight": ((counts + 5.0) ** self.popularity).astype(np.float32),
        }
        return self

    def score(self, user: User) -> np.ndarray:
        """Score all items `(items,)`.

        Raises:
            ValueError: The user has neither photos nor a history.
        """
        shown = self.state["features"][user.history]
        if not (self.photos or len(shown)):
            return self.state["item_weight"]
        if self.photos and user.photos is not None:
            shown = np.concatenate([user.photos, shown])
        if not len(shown):
            raise ValueError(
                f"user {user.number}: expected photos or a history, received neither"
            )
        answer = _model(self.bundle)(shown)
        scores = score_items(
            UserPreferenceProfile.of(shown, answer),
            self.state["features"],
            self.state["interests"],
            self.state["category_popularity"],
        )
        return scores * self.state["item_weight"]


@cache
def _model(bundle: str) -> InterestModel:
    return InterestModel(Path(bundle))
