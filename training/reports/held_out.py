"""Predictions for users no network has seen, for people to look at."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from photo_interests.models.interest_model import InterestModel
from training.features.feature_set import FeatureSet
from training.reports.table import Table
from training.simulation.scenario_names import CONTRIBUTORS, USERS, title
from training.simulation.user_sets import UserSet, UserSets, labels

SHOWN = 8


def held_out_tables(
    bundle: Path, feature_set: FeatureSet, user_sets: UserSets, number: int
) -> Iterator[Table]:
    """Predict the interests of test users with a bundle, on the TFLite runtime.

    Args:
        bundle: The bundle.
        feature_set: Features of the photos.
        user_sets: Whose photos they are.
        number: How many of the simulated users, and of the real contributors.

    Yields:
        A table a user: the first interests, and whether they are true.

    Raises:
        ValueError: The features are not from the bundle's extractor.
    """
    model = InterestModel(bundle)
    feature_set.check_extractor(bundle / model.card.extractor.file)
    for scenario in (USERS, CONTRIBUTORS):
        for user in user_sets.sets(scenario, "test")[:number]:
            yield _table(model, feature_set, user, title(scenario))


def _table(
    model: InterestModel, feature_set: FeatureSet, user: UserSet, who: str
) -> Table:
    answer = model(feature_set.features[user.photos])
    true = labels([user], feature_set)[0].astype(bool)
    rows = []
    for category in np.argsort(-answer.probabilities, kind="stable")[:SHOWN]:
        best = int(answer.contributions[:, category].argmax())
        share = answer.contributions[best, category]
        rows.append(
            [
                model.card.interests[category].names["en"],
                f"{answer.probabilities[category]:.2f}",
                "yes" if true[category] else "",
                f"photo {best + 1} of {len(user.photos)} ({share:.0%})",
            ]
        )
    columns = ["interest", "probability", "true", "mostly because of"]
    name = f"{who}: number {user.user}, {len(user.photos)} photos, {true.sum()} true"
    return Table(name, columns, rows)
