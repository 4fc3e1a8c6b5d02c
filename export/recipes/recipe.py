"""What a recipe of a released bundle holds."""

from dataclasses import dataclass, field

from training.aggregators.config import PhotoEvidenceConfig
from training.backbone.config import BackboneConfig
from training.interests.bases import MOBILENET
from training.interests.config import InterestsConfig
from training.simulation.config import SimulationConfig, get_config
from training.vocabulary.config import StudentConfig


@dataclass(frozen=True)
class Quantisation:
    """How an extractor is converted to int8.

    Attributes:
        calibration_photos: Number of training photos that set the ranges.
        compared_photos: Number of test photos on which int8 is compared with float.
        seed: Seed of both draws.
    """

    calibration_photos: int = 300
    compared_photos: int = 500
    seed: int = 0


@dataclass(frozen=True)
class Recipe:
    """Everything that a released bundle is made from.

    Attributes:
        name: Name of the bundle.
        version: Version of the bundle, three numbers.
        backbone: Config of the fine-tuning run; the runs it starts from come first.
        aggregator: How photo evidence is fitted to the labelled categories.
        student: How a classifier of further categories is distilled from the pretrained
            one; None for the labelled categories alone.
        compared_with: Released bundle and committed feature set that the distilled
            model is compared with.
        quantisation: How the extractor is converted to int8.
        simulation: Users that the aggregator is fitted and measured on.
    """

    name: str
    version: str
    backbone: BackboneConfig
    aggregator: PhotoEvidenceConfig
    student: StudentConfig | None = None
    compared_with: str = "everyday-178"
    quantisation: Quantisation = Quantisation()
    simulation: SimulationConfig = field(default_factory=get_config)


@dataclass(frozen=True)
class InterestsRecipe:
    """Everything that a bundle of interests is made from, beside a released bundle.

    Attributes:
        name: Name of the bundle.
        version: Version of the bundle, three numbers.
        interests: How interests are fitted on the features of its extractor.
        gap_minutes: Photos farther apart are of different events.
        base: Name of the extractor, and of the classifiers on its features.
    """

    name: str
    version: str
    interests: InterestsConfig = InterestsConfig()
    gap_minutes: int = 10
    base: str = MOBILENET.name
