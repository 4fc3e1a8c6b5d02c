"""How the interests of real galleries are fitted; nothing here imports TensorFlow."""

from dataclasses import dataclass

from training.galleries.config import DRAWS, LARGE_DRAWS
from training.interests.fit_photo_head import HeadConfig
from training.interests.training_photos import TargetConfig


@dataclass(frozen=True)
class GalleriesConfig:
    """On which galleries interests are measured.

    Attributes:
        draws: Galleries of 100 to 160 photos of each type of owner.
        large_draws: Galleries of 1,000 photos of each type.
    """

    draws: int = DRAWS
    large_draws: int = LARGE_DRAWS


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
