"""Trains the stages of a fine-tuning run in order; a killed run resumes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import keras
import tensorflow as tf

from training.arrays import Bytes, Integers
from training.backbone.augmentation import training_batches
from training.backbone.config import BackboneConfig, Stage
from training.backbone.loss_term import InitContext
from training.backbone.mobilenet import at_size, freeze, in_precision
from training.backbone.multi_task_model import MultiTaskModel
from training.backbone.quantization_aware import quantization_aware
from training.distribution import Distribution, Shard
from training.runs import writing
from training.runs.keras_progress import KerasProgress


@dataclass
class StageTrainer:
    """Trains the stages of a config.

    Attributes:
        config: Config of the run.
        tasks: Heads and losses.
        pixels: uint8 (photos, height, width, 3), by photo index.
        rows: Indices of the training photos, int (n,).
        labels: Their labels, int (n,).
        directory: Folder of the run, which gets the TensorBoard logs.
        scratch: Folder of the weights of finished stages and of backups.
        distribution: Where training runs.
    """

    config: BackboneConfig
    tasks: MultiTaskModel
    pixels: Bytes
    rows: Integers
    labels: Integers
    directory: Path
    scratch: Path
    distribution: Distribution

    def train(
        self,
        number: int,
        extractor: keras.Model,
        context: Callable[[], InitContext],
    ) -> None:
        """Train one stage, or load it where a killed run has finished it.

        Args:
            number: Index of the stage.
            extractor: What the stage before gave; its weights are replaced.
            context: Gives what heads are initialised from, before the first stage.
        """
        stage = self.config.stages[number]
        with self.distribution.strategy.scope():
            trained = at_size(extractor, stage.crop_size)
            if self.config.quantization_aware:
                trained = quantization_aware(trained)
            trained = in_precision(trained, self.config.precision)
            freeze(trained, stage.frozen_convolutions)
            model = self.tasks.build(trained)
        finished = self._finished(number)
        if finished.exists():
            model.load_weights(finished)
        else:
            if number:
                model.load_weights(self._finished(number - 1))
            else:
                self.tasks.initialise(model, context())
            self._fit(number, stage, model)
            if self.distribution.is_chief:
                with writing(finished) as path:
                    model.save_weights(path)
            self.distribution.barrier()
        extractor.set_weights(trained.get_weights())

    def _finished(self, number: int) -> Path:
        return self.scratch / f"stage-{number}.weights.h5"

    @cached_property
    def _progress(self) -> KerasProgress:
        total = sum(stage.epochs for stage in self.config.stages)
        return KerasProgress(self.config.name, total)

    def _fit(self, number: int, stage: Stage, model: keras.Model) -> None:
        rate: float | keras.optimizers.schedules.LearningRateSchedule
        rate = stage.learning_rate
        if stage.decay:
            steps = -(-len(self.rows) // self.config.batch_size)
            rate = keras.optimizers.schedules.CosineDecay(rate, steps * stage.epochs)
        with self.distribution.strategy.scope():
            model.compile(
                keras.optimizers.Adam(rate),
                loss=self.tasks.loss,
                metrics=self.tasks.metrics(),
            )
        self._progress.first_epoch = sum(s.epochs for s in self.config.stages[:number])
        callbacks: list[keras.callbacks.Callback] = [self._progress]
        if self.distribution.is_chief:
            board = self.directory / f"board/stage-{number}"
            callbacks.append(keras.callbacks.TensorBoard(board))

        def batches(shard: Shard | None) -> tf.data.Dataset:
            return training_batches(
                self.pixels,
                self.rows,
                self.labels,
                batch_size=self.config.batch_size,
                crop_size=stage.crop_size,
                min_crop_area=self.config.min_crop_area,
                seed=self.config.seed + number,
                shard=shard,
                teacher=self.tasks.teacher_extractor,
            )

        self.distribution.fit(
            model,
            self.tasks.loss,
            batches,
            epochs=stage.epochs,
            backup=self.scratch / f"stage-{number}-backup",
            callbacks=callbacks,
        )
