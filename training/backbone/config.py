"""The config of a fine-tuning run: its init, its losses, its stages."""

from dataclasses import dataclass
from typing import Literal

FEATURES = 1024
"""Features of MobileNet v1 at width 1.0."""
BLOCKS = 13
"""Depthwise-separable blocks of MobileNet v1."""


@dataclass(frozen=True)
class Pretrained:
    """Start from ImageNet weights.

    Attributes:
        width: Width multiplier of MobileNet; other than 1.0 it gives fewer features.
    """

    width: float = 1.0


@dataclass(frozen=True)
class FromRun:
    """Start from a finished run's extractor, of one branch or two.

    Attributes:
        run: Config name of that run, whose folder lies beside this one's.
        pruned_width: Share of the channels that every layer but the last keeps; None
            to keep all. See `training.backbone.pruning`.
    """

    run: str
    pruned_width: float | None = None


@dataclass(frozen=True)
class MeanOfRuns:
    """Start from the mean of two networks' weights.

    Where one was fine-tuned from the other, the mean keeps much of what either learned
    (Wortsman et al., 2022, "Robust fine-tuning of zero-shot models").

    Attributes:
        run: Config name of a finished run.
        share: Weight of that run in the mean, 0 to 1.
        other: Config name of the finished run with the remaining weight; None for the
            pretrained network.
    """

    run: str
    share: float
    other: str | None = None


@dataclass(frozen=True)
class DualBranch:
    """Start from a dual-branch network; see `training.backbone.dual_branch`.

    Shared blocks and teacher branch are pretrained. The task branch is a finished
    run's, with those of its features that a classifier of the labels weights most.

    Attributes:
        task_run: Config name of the run that the task branch comes from.
        shared_blocks: Number of the first blocks that both branches share, of 13.
        teacher_features: Number of features of the teacher branch; both branches
            together have 1,024.
    """

    task_run: str
    shared_blocks: int
    teacher_features: int


Init = Pretrained | FromRun | MeanOfRuns | DualBranch


@dataclass(frozen=True)
class LabelLoss:
    """Cross-entropy on the labels, of a classifier that is discarded after training.

    Attributes:
        objective: `softmax` over D categories and a background class, or `sigmoid` for
            each category.
        positive_weight: Weight of the positive terms; only for `sigmoid`.
        dropout: Dropout rate before the classifier.
        hidden_units: Units of a hidden ReLU layer between the features, standardised
            and clipped, and the classifier; None for a linear classifier.
        fitted_init: Whether the classifier starts fitted to the initial features
            instead of from zero (Kumar et al., 2022): a linear one as the linear
            probe, one with a hidden layer after a few epochs on them.
    """

    objective: Literal["softmax", "sigmoid"] = "softmax"
    positive_weight: float = 1.0
    dropout: float = 0.2
    hidden_units: int | None = None
    fitted_init: bool = True

    def __post_init__(self) -> None:
        if self.objective not in ("softmax", "sigmoid"):
            raise ValueError(
                "LabelLoss.objective: expected 'softmax' or 'sigmoid', "
                f"received {self.objective!r}"
            )
        if self.objective == "softmax" and self.positive_weight != 1.0:
            raise ValueError(
                "LabelLoss.positive_weight: expected 1 with the objective softmax, "
                f"received {self.positive_weight}"
            )
        if self.hidden_units is not None and self.hidden_units < 1:
            raise ValueError(
                "LabelLoss.hidden_units: expected at least 1 or None, "
                f"received {self.hidden_units}"
            )


@dataclass(frozen=True)
class DistillationLoss:
    """Divergence of a linear student on the features from the pretrained classifier.

    Attributes:
        weight: Weight beside the other losses.
        temperature: Divides the logits of both (Hinton et al., 2015).
    """

    weight: float
    temperature: float


@dataclass(frozen=True)
class FeatureDistillationLoss:
    """Squared error to the features that a released extractor gives for the same crop.

    A linear map predicts them from the features ("hints" of Romero et al., 2015; the
    same crop for both, as in Beyer et al., 2022, "Knowledge distillation: a good
    teacher is patient"). A dual-branch network has no map: its task branch gives some
    of the teacher's features itself, so its `task_run` must be the run that the
    released extractor comes from.

    Attributes:
        bundle: Folder of `models` with the teacher extractor.
        weight: Weight beside the other losses, in units of each feature's variance.
    """

    bundle: str
    weight: float


Loss = LabelLoss | DistillationLoss | FeatureDistillationLoss


@dataclass(frozen=True)
class Stage:
    """A part of the schedule with its own frozen layers and learning rate.

    Attributes:
        frozen_convolutions: Number of the first convolution layers that stay fixed.
        epochs: Passes over the training photos.
        learning_rate: Adam's learning rate at the start of the stage.
        crop_size: Height and width of the crops, in pixels.
        decay: Whether the rate falls to zero along a cosine within the stage.
    """

    frozen_convolutions: int
    epochs: int
    learning_rate: float
    crop_size: int
    decay: bool


@dataclass(frozen=True)
class BackboneConfig:
    """A fine-tuning run.

    Attributes:
        name: Name of the run and its folder.
        losses: What is minimised, as a sum: a `LabelLoss` first, then at most one of
            each other kind; none without stages.
        stages: Schedule, in order; without any, the result is the init itself.
        init: The network that training starts from.
        input_size: Height and width of the photos that the extractor is for, in pixels;
            None for those of the packed pixels.
        batch_size: Photos in a step.
        min_crop_area: Smallest share of a photo's area that a crop keeps.
        precision: Keras dtype policy of the convolutions during training, the teacher's
            too; heads, losses and everything saved are float32. None for float32.
        quantization_aware: Whether weights and activations are quantised to int8 steps
            during training; see `training.backbone.quantization_aware`.
        seed: Seed of shuffling, augmentation and dropout.

    Raises:
        ValueError: Parts that do not go together, named with what was received.
    """

    name: str
    losses: tuple[Loss, ...]
    stages: tuple[Stage, ...]
    init: Init = Pretrained()
    input_size: int | None = None
    batch_size: int = 64
    min_crop_area: float = 0.35
    precision: Literal["mixed_bfloat16"] | None = None
    quantization_aware: bool = False
    seed: int = 1

    def __post_init__(self) -> None:
        kinds = [type(loss) for loss in self.losses]
        if len(set(kinds)) < len(kinds) or (self.stages and LabelLoss not in kinds[:1]):
            raise ValueError(
                f"{self.name}: losses: expected a LabelLoss first and at most one of "
                f"each other kind, received {[kind.__name__ for kind in kinds]}"
            )
        if self.precision not in (None, "mixed_bfloat16"):
            raise ValueError(
                f"{self.name}: precision: expected 'mixed_bfloat16' or None, "
                f"received {self.precision!r}"
            )
        if isinstance(self.init, MeanOfRuns) and not 0 <= self.init.share <= 1:
            raise ValueError(
                f"{self.name}: init: expected a share of 0 to 1, received {self.init}"
            )
        if isinstance(self.init, DualBranch):
            self._check_dual_branch(self.init)

    @property
    def parents(self) -> tuple[str, ...]:
        """Config names of the finished runs that it starts from."""
        match self.init:
            case FromRun(run=run) | DualBranch(task_run=run):
                return (run,)
            case MeanOfRuns(run=run, other=other):
                return (run,) if other is None else (run, other)
        return ()

    @property
    def pretrained_widths(self) -> tuple[float, ...]:
        """Width multipliers of the pretrained weights that it reads, ascending."""
        widths = {1.0} if self.distillation is not None else set[float]()
        match self.init:
            case Pretrained(width=width):
                widths.add(width)
            case MeanOfRuns(other=None) | DualBranch():
                widths.add(1.0)
        return tuple(sorted(widths))

    @property
    def distillation(self) -> DistillationLoss | None:
        """Its distillation loss, if it has one."""
        found = [one for one in self.losses if isinstance(one, DistillationLoss)]
        return found[0] if found else None

    @property
    def feature_distillation(self) -> FeatureDistillationLoss | None:
        """Its feature distillation loss, if it has one."""
        found = [one for one in self.losses if isinstance(one, FeatureDistillationLoss)]
        return found[0] if found else None

    def _check_dual_branch(self, init: DualBranch) -> None:
        blocks, kept = init.shared_blocks, init.teacher_features
        if not 0 < blocks < BLOCKS or not 0 < kept < FEATURES:
            raise ValueError(
                f"{self.name}: init: expected 1 to {BLOCKS - 1} shared blocks and 1 to "
                f"{FEATURES - 1} teacher features, received {init}"
            )
        shared = 2 * blocks + 1
        for stage in self.stages:
            if stage.frozen_convolutions < shared:
                raise ValueError(
                    f"{self.name}: stages: expected each to freeze the {shared} shared "
                    f"convolutions of the dual-branch network, received {stage}"
                )
