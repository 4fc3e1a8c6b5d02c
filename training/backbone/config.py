"""What a fine-tuning run is made of."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Stage:
    """A part of the schedule with its own frozen layers and learning rate.

    Attributes:
        frozen_convolutions: How many of the first convolution layers stay fixed.
        epochs: Passes over the training photos.
        learning_rate: Adam's, at the start of the stage.
        crop_size: Height and width of the crops, in pixels.
        decay: Whether the rate falls to zero along a cosine within the stage.
    """

    frozen_convolutions: int
    epochs: int
    learning_rate: float
    crop_size: int
    decay: bool


@dataclass(frozen=True)
class Start:
    """Where fine-tuning starts, if not at the pretrained weights alone.

    The mean of two networks' weights, where one was fine-tuned from the other, keeps
    much of what either knows (Wortsman et al., 2022, "Robust fine-tuning of zero-shot
    models"). A run with two ends is started from as it is.

    Attributes:
        run: Config name of a finished run beside this one.
        share: Of its weights in the mean.
        rest: Config name of the finished run that gives the rest; None for the
            pretrained weights.
    """

    run: str
    share: float
    rest: str | None = None


@dataclass(frozen=True)
class Branches:
    """Two ends behind shared blocks; see `training.backbone.branches`.

    Attributes:
        blocks: Of the 13 of MobileNet v1, how many both ends share.
        kept_features: Of the 1,024, how many are the pretrained end's. The others are
            those of the start that a classifier of the labels reads most.
    """

    blocks: int
    kept_features: int


@dataclass(frozen=True)
class Distillation:
    """What a linear student on the features learns from the pretrained classifier.

    Attributes:
        weight: Of the divergence beside the loss on labels.
        temperature: Both classifiers' logits are divided by it (Hinton et al., 2015).
    """

    weight: float
    temperature: float


@dataclass(frozen=True)
class Following:
    """What a network learns from a released extractor, beside the labels.

    A linear map of its features learns the other's on the same crop, which the other
    sees at its full size ("hints" of Romero et al., 2015; the same crop for both, as
    in Beyer et al., 2022, "Knowledge distillation: a good teacher is patient"). With
    `Branches` there is no map: the tuned end gives some of the other's features, so the
    run that it starts from must be the one that the released extractor comes from.

    Attributes:
        bundle: Folder of `models` whose extractor it follows.
        weight: Of the squared error, in units of each feature's variance.
    """

    bundle: str
    weight: float


@dataclass(frozen=True)
class BackboneConfig:
    """A fine-tuning run.

    Attributes:
        name: Names the run's directory.
        objective: `softmax` over D categories and none, or `sigmoid` per category.
        positive_weight: Of the weighted cross-entropy; only for `sigmoid`.
        stages: In order; without any, the run is its start.
        batch_size: Photos in a step.
        dropout: Before the classifier.
        smallest_crop: Smallest part of a photo's area that a crop keeps.
        probe_start: Whether the classifier starts from the frozen features' linear
            probe instead of from zero (Kumar et al., 2022); see `head_units`.
        seed: Of shuffling, augmentation and dropout.
        start: None for the pretrained weights.
        distillation: None to learn from no pretrained classifier.
        input_size: Height and width at which the network is to read photos; None for
            that of the packed pixels.
        width: Of MobileNet; None for 1.0. A run with a `start` prunes it to the width.
        following: None to follow no released extractor.
        branches: The network gets a second end that keeps the pretrained features, and
            its first blocks are pretrained; what `start` gives is the end that is
            tuned. None for one end.
        head_units: Of a hidden ReLU layer that the classifier of the labels reads, over
            features standardised by those of the start and clipped at 3 deviations;
            None for a line. It is thrown away after training, as a line is. With
            `probe_start` it starts random and is trained on the start's features of
            all training photos, five epochs of Adam with softmax cross-entropy, before
            the network moves; without, its classifier starts from zero.
        precision: Keras' dtype policy of the convolutions while a stage trains, the
            teacher's too; heads and losses are float32, and so is all that is saved.
            None for float32.
        rounded: Whether the network rounds weights and activations to bytes while a
            stage trains; see `training.backbone.quantised`.

    Raises:
        ValueError: `head_units` is below 1, `precision` is another, or `branches`
            come with a `width`, leave nothing to keep or to tune, or share what a
            stage would tune.
    """

    name: str
    objective: Literal["softmax", "sigmoid"]
    positive_weight: float
    stages: tuple[Stage, ...]
    batch_size: int = 64
    dropout: float = 0.2
    smallest_crop: float = 0.35
    probe_start: bool = True
    seed: int = 1
    start: Start | None = None
    distillation: Distillation | None = None
    input_size: int | None = None
    width: float | None = None
    following: Following | None = None
    branches: Branches | None = None
    head_units: int | None = None
    precision: Literal["mixed_bfloat16"] | None = None
    rounded: Literal[True] | None = None

    def __post_init__(self) -> None:
        """Refuse what no network can be made of."""
        if self.head_units is not None and self.head_units < 1:
            raise ValueError(
                f"{self.name}: head_units: expected at least 1 or None, "
                f"received {self.head_units}"
            )
        if self.branches is not None:
            self._check_branches(self.branches)
        if self.precision not in (None, "mixed_bfloat16"):
            raise ValueError(
                f"{self.name}: precision: expected 'mixed_bfloat16' or None, "
                f"received {self.precision!r}"
            )

    @property
    def starts_from_probe(self) -> bool:
        """Whether the classifier of the labels starts from the linear probe."""
        return self.probe_start and self.head_units is None

    def _check_branches(self, branches: Branches) -> None:
        if not 1 <= branches.blocks <= 12 or not 1 <= branches.kept_features <= 1023:
            raise ValueError(
                f"{self.name}: branches: expected 1 to 12 shared blocks and 1 to 1023 "
                f"kept features, received {branches}"
            )
        if self.width is not None:
            raise ValueError(
                f"{self.name}: expected branches or a width, received both"
            )
        shared = 2 * branches.blocks + 1
        for stage in self.stages:
            if stage.frozen_convolutions < shared:
                raise ValueError(
                    f"{self.name}: branches: expected every stage to freeze the "
                    f"{shared} shared convolutions, received {stage}"
                )
