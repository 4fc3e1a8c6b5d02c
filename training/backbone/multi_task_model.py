"""The multi-task model of fine-tuning: one extractor, several heads, a summed loss."""

from collections.abc import Sequence
from functools import wraps
from itertools import accumulate, pairwise
from pathlib import Path

import keras
from keras import ops

from training.arrays import Bytes, Integers, Tensor
from training.backbone.config import (
    BackboneConfig,
    DistillationLoss,
    FeatureDistillationLoss,
    LabelLoss,
)
from training.backbone.distillation import DistillationTerm
from training.backbone.feature_distillation import (
    MODELS,
    FeatureDistillationTerm,
    TeacherExtractor,
)
from training.backbone.label_loss import LabelTerm
from training.backbone.loss_term import InitContext, LossTerm, Metric


class MultiTaskModel:
    """Several loss terms on the features of one extractor.

    Args:
        terms: Their outputs are concatenated in this order.
        teacher_extractor: The extractor whose features follow the labels in the
            targets; None where targets are labels alone.
    """

    def __init__(
        self,
        terms: Sequence[LossTerm],
        teacher_extractor: TeacherExtractor | None = None,
    ) -> None:
        self.terms = terms
        self.teacher_extractor = teacher_extractor
        bounds = accumulate((term.width for term in terms), initial=0)
        self._slices = [slice(first, last) for first, last in pairwise(bounds)]

    def build(self, extractor: keras.Model) -> keras.Model:
        """Put all heads on `extractor`, which becomes a part of the network.

        Returns:
            A model of photos -> float32 (batch, the widths of all terms).
        """
        photos = keras.Input(extractor.input_shape[1:])
        features = extractor(photos)
        outputs = [term.outputs(photos, features) for term in self.terms]
        joined = ops.concatenate([one for some in outputs for one in some], axis=-1)
        return keras.Model(photos, joined, name="photo_network")

    def initialise(self, model: keras.Model, context: InitContext) -> None:
        """Set the weights of all heads before the first stage.

        Args:
            model: What `build` gave.
            context: The extractor and the training photos.
        """
        for term in self.terms:
            term.initialise(model, context)

    def loss(self, targets: Tensor, outputs: Tensor) -> Tensor:
        """Sum the terms' losses, each of its own outputs.

        Args:
            targets: See `LossTerm.loss`.
            outputs: float32 (batch, the widths of all terms).
        """
        first, *others = (
            term.loss(targets, outputs[:, part])
            for term, part in zip(self.terms, self._slices, strict=True)
        )
        return sum(others, start=first)

    def metrics(self) -> list[Metric]:
        """Give the terms' metrics, each of its own outputs."""
        return [
            _of_slice(metric, part)
            for term, part in zip(self.terms, self._slices, strict=True)
            for metric in term.metrics
        ]


def multi_task_model(
    config: BackboneConfig,
    categories: int,
    data: Path,
    sample: Bytes,
    channels: Integers | None = None,
) -> MultiTaskModel:
    """Make the multi-task model that a config describes.

    Args:
        config: Config of the run.
        categories: D.
        data: Folder with the pretrained weights.
        sample: Training photos that layers are initialised from, uint8 (photos, height,
            width, 3) of the packed size.
        channels: Of a dual-branch network, the teacher extractor's features that its
            task branch gives, int (count,); the distilled student does not read them.
    """
    terms: list[LossTerm] = []
    teacher = None
    for loss in config.losses:
        if isinstance(loss, LabelLoss):
            terms.append(LabelTerm(loss, categories, config.seed))
        elif isinstance(loss, DistillationLoss):
            unread = 0 if channels is None else len(channels)
            terms.append(DistillationTerm(loss, data, config.precision, unread))
        elif isinstance(loss, FeatureDistillationLoss):
            teacher = TeacherExtractor(MODELS / loss.bundle)
            terms.append(FeatureDistillationTerm(loss, teacher(sample), channels))
    return MultiTaskModel(terms, teacher)


def _of_slice(metric: Metric, part: slice) -> Metric:
    @wraps(metric)
    def measured(y_true: Tensor, y_pred: Tensor) -> Tensor:
        return metric(y_true, y_pred[:, part])

    return measured
