"""Real people: the contributors of the clothing photos."""

import numpy as np
import pandas as pd

from training.features.feature_set import FeatureSet
from training.features.photo_columns import SPLITS
from training.simulation import scenario_names
from training.simulation.user_sets import SCHEMA

UNKNOWN_DAY = -1


def contributors(feature_set: FeatureSet, minimum_photos: int) -> pd.DataFrame:
    """Make a user set of each contributor with enough photos.

    Nothing here is simulated: a set holds all photos of one person, who is in one split
    only. The photos have no dates.

    Args:
        feature_set: Gives the photos and their contributors.
        minimum_photos: Of a person to be counted.

    Returns:
        Columns of `user_sets.SCHEMA`; `user` is the contributor's number.

    Raises:
        ValueError: A contributor is in two splits.
    """
    known = feature_set.photos[feature_set.photos["contributor"] >= 0]
    people = known.groupby("contributor")
    scattered = people["split"].nunique()
    if (scattered > 1).any():
        raise ValueError(
            "contributors: expected each in one split, received in several: "
            f"{scattered.index[scattered > 1].tolist()}"
        )
    enough = known[people["photo"].transform("size") >= minimum_photos]
    table = pd.DataFrame(
        {
            "world": scenario_names.CONTRIBUTORS,
            "split": pd.Categorical(enough["split"], SPLITS),
            "user": enough["contributor"],
            "photo": enough["photo"],
            "day": np.int32(UNKNOWN_DAY),
        }
    )
    ordered = table.sort_values(["split", "user", "photo"], ignore_index=True)
    return ordered.astype({"split": str})[SCHEMA.names]
