"""What is listed of a prediction."""

from enum import StrEnum


class Level(StrEnum):
    """What is listed: interests as people name them, or the kinds photos show."""

    interests = "interests"
    kinds = "kinds"
