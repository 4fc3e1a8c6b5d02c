"""Fine-tunes MobileNet v1 on the categories, stage by stage, with resume."""

import json
import logging
from dataclasses import asdict
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from photo_interests.files import write_atomically
from training.backbone.augmentation import plain_batches, training_batches
from training.backbone.classifier import (
    build_classifier,
    loss_of,
    start_from_probe,
    top1,
)
from training.backbone.config import BackboneConfig, Stage
from training.backbone.mobilenet import build_extractor, freeze, load_pretrained
from training.backbone.probe import LinearProbe, fit_probe
from training.backbone.run_progress import RunProgress

logger = logging.getLogger(__name__)


class BackboneRun:
    """One fine-tuning run in a directory of its own.

    Args:
        config: What to do.
        pixels: uint8 (photos, height, width, 3), by photo index.
        photos: The photos table.
        index: Output index of each category id.
        data: Where pretrained weights may lie.
        directory: The run's; a killed run goes on from what is in it.
    """

    def __init__(
        self,
        config: BackboneConfig,
        pixels: np.ndarray,
        photos: pd.DataFrame,
        index: dict[str, int],
        data: Path,
        directory: Path,
    ) -> None:
        self.config = config
        self.pixels = pixels
        self.categories = len(index)
        none = self.categories
        self.labels = np.array([index.get(c, none) for c in photos["category"]])
        self.rows = {
            split: np.flatnonzero(photos["split"] == split)
            for split in ("train", "validation", "test")
        }
        self.data = data
        self.directory = directory
        self.size = pixels.shape[1]

    def fit(self) -> dict[str, float]:
        """Fine-tune, write `extractor.keras` and return the measured accuracies.

        The extractor maps (batch, height, width, 3) in [-1, 1] to (batch, 1024).
        """
        self.directory.mkdir(parents=True, exist_ok=True)
        extractor = build_extractor(self.size)
        load_pretrained(extractor, self.data)
        probe = self._frozen_probe(extractor)
        total = sum(stage.epochs for stage in self.config.stages)
        progress = RunProgress(self.config.name, total)
        for number, stage in enumerate(self.config.stages):
            extractor = self._run_stage(number, stage, extractor, probe, progress)
        temporary = self.directory / "unfinished.keras"
        extractor.save(temporary)
        temporary.replace(self.directory / "extractor.keras")
        return self._measure(extractor, probe)

    def _run_stage(
        self,
        number: int,
        stage: Stage,
        extractor: keras.Model,
        probe: LinearProbe,
        progress: RunProgress,
    ) -> keras.Model:
        """Train one stage, or load it where an earlier run has finished it."""
        cropped = build_extractor(stage.crop_size)
        freeze(cropped, stage.frozen_convolutions)
        model = build_classifier(cropped, self.categories, self.config)
        finished = self.directory / f"stage-{number}.weights.h5"
        previous = self.directory / f"stage-{number - 1}.weights.h5"
        cropped.set_weights(extractor.get_weights())
        if finished.exists():
            model.load_weights(finished)
            progress.done_epochs += stage.epochs
        else:
            if number:
                model.load_weights(previous)
            elif self.config.probe_start:
                outputs = model.output_shape[-1]
                start_from_probe(model, probe.weights, probe.bias, outputs)
            self._train(number, stage, model, progress)
            temporary = self.directory / "unfinished.weights.h5"
            model.save_weights(temporary)
            temporary.replace(finished)
        extractor.set_weights(cropped.get_weights())
        return extractor

    def _train(
        self, number: int, stage: Stage, model: keras.Model, progress: RunProgress
    ) -> None:
        rows = self.rows["train"]
        steps = -(-len(rows) // self.config.batch_size)
        rate: object = stage.learning_rate
        if stage.decay:
            rate = keras.optimizers.schedules.CosineDecay(
                stage.learning_rate, steps * stage.epochs
            )
        model.compile(
            keras.optimizers.Adam(rate), loss=loss_of(self.config, self.categories)
        )
        backup = keras.callbacks.BackupAndRestore(
            self.directory / f"stage-{number}-backup", double_checkpoint=True
        )
        board = keras.callbacks.TensorBoard(self.directory / f"board/stage-{number}")
        batches = training_batches(
            self.pixels,
            rows,
            self.labels[rows],
            batch_size=self.config.batch_size,
            crop_size=stage.crop_size,
            smallest_crop=self.config.smallest_crop,
            seed=self.config.seed + number,
        )
        callbacks = [backup, board, progress]
        model.fit(
            batches,
            epochs=stage.epochs,
            shuffle=False,
            verbose=0,
            callbacks=callbacks,
        )

    def features(self, extractor: keras.Model, rows: np.ndarray) -> np.ndarray:
        """Run `extractor` over photos as the phone would: float32 (photos, 1024)."""
        batches = plain_batches(self.pixels, rows, self.labels[rows], 64)
        parts = [extractor(x, training=False).numpy() for x, _ in batches]
        return np.concatenate(parts)

    def _frozen_probe(self, extractor: keras.Model) -> LinearProbe:
        """Fit the baseline on the frozen features, once for a run directory."""
        stored = self.directory / "frozen_probe.npz"
        if stored.exists():
            with np.load(stored) as arrays:
                return LinearProbe(
                    arrays["weights"], arrays["bias"], float(arrays["c"])
                )
        probe, accuracy = self._probe(extractor)
        logger.info("linear probe on frozen features: %s", accuracy)
        temporary = self.directory / "unfinished.npz"
        np.savez(
            temporary,
            weights=probe.weights,
            bias=probe.bias,
            c=probe.inverse_regularisation,
        )
        temporary.replace(stored)
        return probe

    def _probe(self, extractor: keras.Model) -> tuple[LinearProbe, dict[str, float]]:
        """Fit a probe on train photos; its top-1 on validation and test photos."""
        sets = {
            s: (self.features(extractor, r), self.labels[r])
            for s, r in self.rows.items()
        }
        probe = fit_probe(sets["train"], sets["validation"], self.categories)
        return probe, {
            split: top1(probe.logits(features), labels, self.categories)
            for split, (features, labels) in sets.items()
        }

    def _measure(self, extractor: keras.Model, frozen: LinearProbe) -> dict[str, float]:
        pretrained = build_extractor(self.size)
        load_pretrained(pretrained, self.data)
        rows = self.rows["test"]
        before = frozen.logits(self.features(pretrained, rows))
        accuracy = {
            "frozen_probe_test": top1(before, self.labels[rows], self.categories)
        }
        _, after = self._probe(extractor)
        accuracy |= {f"tuned_probe_{split}": value for split, value in after.items()}
        report = {"config": asdict(self.config), "top1": accuracy}
        write_atomically(self.directory / "result.json", json.dumps(report, indent=2))
        return accuracy
