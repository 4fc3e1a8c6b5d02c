"""Fine-tunes the last blocks of EfficientNet-lite0, aware of its int8 steps.

The first blocks are frozen and computed once, see `frozen_maps`. What is learned is one
softmax over ImageNet's classes and all kinds, as by the heads of the release: labels,
scenes and drawn kinds, mixed with the pretrained network's own answers; those answers
by themselves; and scenes among scenes. No photo of a source that galleries have photos
of takes part, so that what is measured on them stays across sources.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import ops

from training.arrays import Tensor
from training.backbone.quantization_aware import calibrate, quantization_aware
from training.experiments.everyday_galleries.frozen_maps import FrozenBlocks
from training.experiments.everyday_galleries.tuning_examples import (
    Batches,
    Examples,
    TuningConfig,
)
from training.interests.photo_head import PhotoHead
from training.interests.released_heads import LIMIT
from training.interests.training_photos import Targets
from training.runs.keras_progress import KerasProgress
from training.vocabulary.interests import Interests

STUDENT, NEW = "student", "new"
EVERY = 97
"""Of the photos to learn from one of so many sets the bounds of maps."""


def build_trained(
    blocks: FrozenBlocks, head: PhotoHead, config: TuningConfig
) -> tuple[keras.Model, keras.Model]:
    """Build what is trained: stored maps to logits of student and new head.

    Args:
        blocks: With the blocks above the frozen ones, calibrated.
        head: What the head starts with.
        config: Dropout and seed.

    Returns:
        The model, and the blocks in it, with int8 steps.
    """
    upper = quantization_aware(blocks.upper)
    maps = keras.Input(blocks.size, dtype="uint8")
    features = upper(blocks.layers.rescaling()(maps))
    standard = keras.layers.Rescaling(
        head.inverse_deviation, -head.mean * head.inverse_deviation
    )(features)
    cut = ops.clip(standard, -LIMIT, LIMIT)
    seen = keras.layers.Dropout(config.dropout, seed=config.seed)(cut)
    student = keras.layers.Dense(head.student_kernel.shape[1], name=STUDENT)
    new = keras.layers.Dense(head.new_kernel.shape[1], name=NEW)
    model = keras.Model(maps, ops.concatenate([student(standard), new(seen)], axis=-1))
    student.set_weights([head.student_kernel, head.student_bias])
    new.set_weights([head.new_kernel, head.new_bias])
    return model, upper


def tuning_loss(
    head: PhotoHead, scenes: np.ndarray, config: TuningConfig
) -> Callable[[Tensor, Tensor], Tensor]:
    """Give the loss of a batch: of joint answers, of the student's, of scenes.

    Args:
        head: With the factor and offset of the student in the joint softmax.
        scenes: Outputs that are scenes, int `(scenes,)`.
        config: Weights.
    """
    classes = head.student_kernel.shape[1]
    width = classes + head.new_kernel.shape[1]
    factor, offset = (float(one) for one in head.student_scale)

    def cross_entropy(targets: Tensor, logits: Tensor) -> Tensor:
        return -ops.sum(targets * ops.log_softmax(logits, axis=-1), axis=-1)

    def loss(wanted: Tensor, logits: Tensor) -> Tensor:
        targets, answers = wanted[:, :width], wanted[:, width:]
        student, new = logits[:, :classes], logits[:, classes:]
        joint = ops.concatenate([factor * student + offset, new], axis=-1)
        among = ops.take(targets, scenes, axis=-1)
        share = ops.sum(among, axis=-1, keepdims=True)
        among = among / ops.maximum(share, 1e-6)
        smooth = (1 - config.smoothing) * among + config.smoothing / len(scenes)
        of_scenes = cross_entropy(smooth, ops.take(joint, scenes, axis=-1))
        has_scene = ops.cast(share[:, 0] > 0, "float32")
        return (
            cross_entropy(targets, joint)
            + config.distillation * cross_entropy(answers, student)
            + config.scenes * has_scene * of_scenes
        )

    return loss


def scene_outputs(interests: Interests, targets: Targets) -> np.ndarray:
    """Give the outputs of student and new head that are scenes."""
    kinds = [one for one in interests.kinds if one.startswith("scene.")]
    return np.array([targets.column(one) for one in kinds])


def train(
    blocks: FrozenBlocks,
    examples: Examples,
    head: PhotoHead,
    scenes: np.ndarray,
    config: TuningConfig,
    scratch: Path,
) -> tuple[keras.Model, PhotoHead, dict[str, Any]]:
    """Fine-tune; a killed run goes on with the epoch that it was in.

    Returns:
        The trained blocks, the head as trained, and what was measured on held-out
        photos before and after.
    """
    held = np.arange(len(examples.group)) % config.held_out == 0
    real = np.concatenate([one[::EVERY, 0] for one in examples.maps])
    calibrate(blocks.upper, blocks.real(real))
    model, upper = build_trained(blocks, head, config)
    batches = Batches(examples, np.flatnonzero(~held), config, shuffled=True)
    validation = Batches(examples, np.flatnonzero(held), config, shuffled=False)
    rate = keras.optimizers.schedules.CosineDecay(
        config.learning_rate, config.epochs * len(batches)
    )
    model.compile(
        keras.optimizers.AdamW(rate, weight_decay=config.weight_decay),
        loss=tuning_loss(head, scenes, config),
        jit_compile=False,
    )
    measured = {"before": _measure(model, validation, head, scenes)}
    history = model.fit(
        batches,
        epochs=config.epochs,
        validation_data=validation,
        verbose=0,
        callbacks=[
            keras.callbacks.BackupAndRestore(scratch / "backup"),
            KerasProgress("fine-tuning", config.epochs),
        ],
    )
    measured["after"] = _measure(model, validation, head, scenes)
    values: dict[str, Any] = {"held out": measured, "photos": len(batches.chosen)}
    values |= {"losses": history.history}
    student, new = (model.get_layer(name).get_weights() for name in (STUDENT, NEW))
    trained = replace(
        head,
        student_kernel=student[0],
        student_bias=student[1],
        new_kernel=new[0],
        new_bias=new[1],
    )
    return upper, trained, values


def _measure(
    model: keras.Model, batches: Batches, head: PhotoHead, scenes: np.ndarray
) -> dict[str, float]:
    logits, wanted = [], []
    for number in range(len(batches)):
        maps, targets = batches[number]
        logits.append(model.predict_on_batch(maps))
        wanted.append(targets)
    found, aim = np.concatenate(logits), np.concatenate(wanted)
    classes = head.student_kernel.shape[1]
    among = aim[:, scenes]
    has_scene = among.sum(axis=1) > 0
    ranked = (-found[has_scene][:, scenes]).argsort(axis=1)
    right = among[has_scene].argmax(axis=1)[:, None]
    labelled = slice(classes, classes + head.labelled)
    has_label = aim[:, labelled].max(axis=1) > 0
    same = found[has_label][:, labelled].argmax(1) == aim[has_label][
        :, labelled
    ].argmax(1)
    answers = aim[:, found.shape[1] :].argmax(axis=1)
    return {
        "scenes top 1": float((ranked[:, :1] == right).mean()),
        "scenes top 5": float((ranked[:, :5] == right).any(axis=1).mean()),
        "labelled top 1": float(same.mean()),
        "same answer of ImageNet": float(
            (found[:, :classes].argmax(1) == answers).mean()
        ),
    }
