"""How the interests of real galleries are fitted; nothing here imports TensorFlow."""

from dataclasses import dataclass

from training.galleries.config import DRAWS, LARGE_DRAWS, MAX_FALSE
from training.interests.fit_photo_head import HeadConfig
from training.interests.training_photos import TargetConfig


@dataclass(frozen=True)
class GalleriesConfig:
    """On which galleries interests are fitted and measured.

    Attributes:
        draws: Galleries of 100 to 160 photos of each type of owner to measure on.
        large_draws: Galleries of 1,000 photos of each type to measure on.
        max_false: False interests of a small gallery that the threshold lets through
            where it is fitted; across sources it is about a tenth more.
        max_false_kinds: The same of kinds.
    """

    draws: int = DRAWS
    large_draws: int = LARGE_DRAWS
    max_false: float = MAX_FALSE
    max_false_kinds: float = 0.5


@dataclass(frozen=True)
class InterestsConfig:
    """How interests are fitted on the features of an extractor.

    Attributes:
        head: How the new head learns.
        targets: How labels are mixed with the answers of teacher and student.
        galleries: On which galleries interests are measured.
    """

    head: HeadConfig = HeadConfig()
    targets: TargetConfig = TargetConfig()
    galleries: GalleriesConfig = GalleriesConfig()
