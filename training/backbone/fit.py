"""Fine-tunes MobileNet v1 on the categories, stage by stage, with resume."""

import hashlib
import json
import shutil
from dataclasses import asdict
from functools import cached_property
from pathlib import Path

import keras
import numpy as np
import pandas as pd
import tensorflow as tf

from photo_interests.files import write_atomically
from training.backbone.augmentation import plain_batches, training_batches
from training.backbone.classifier import top1
from training.backbone.config import BackboneConfig, Stage
from training.backbone.lesson import Beginning
from training.backbone.mobilenet import FEATURES, at_size, freeze
from training.backbone.objective import Objective, objective_of
from training.backbone.precision import in_precision
from training.backbone.probe import LinearProbe, fit_probe
from training.backbone.quantised import rounded
from training.backbone.start import (
    EXTRACTOR,
    load_finished,
    make_start,
    save,
    tuned_channels,
)
from training.batch_part import Part
from training.distribution import Distribution, Strategy
from training.runs.keras_progress import KerasProgress

RESULT = "result.json"
RUN = "run.json"
PHOTOS_FOR_A_START = 2048
PHOTOS_FOR_PRUNING = 512
FROZEN = "frozen"
TUNED = "tuned"


class BackboneRun:
    """One fine-tuning run in a directory of its own.

    Args:
        config: What to do.
        pixels: uint8 (photos, height, width, 3), by photo index.
        photos: The photos table.
        index: Output index of each category id.
        data: Where pretrained weights may lie.
        directory: The run's; a killed run goes on from what is in it. Several
            workers must all see it.
        distribution: Where training runs; here, if None.

    Raises:
        ValueError: Pixels and photos differ in number.
    """

    def __init__(
        self,
        config: BackboneConfig,
        pixels: np.ndarray,
        photos: pd.DataFrame,
        index: dict[str, int],
        data: Path,
        directory: Path,
        distribution: Distribution | None = None,
    ) -> None:
        if len(pixels) != len(photos):
            raise ValueError(
                f"pixels: expected those of {len(photos)} photos, "
                f"received {len(pixels)}; run `python -m training pixels` again"
            )
        self.config = config
        self.pixels = pixels
        self.photos = photos
        self.categories = len(index)
        none = self.categories
        self.labels = np.array([index.get(c, none) for c in photos["category"]])
        self.rows = {
            split: np.flatnonzero(photos["split"] == split)
            for split in ("train", "validation", "test")
        }
        self.data = data
        self.directory = directory
        self.size = config.input_size or pixels.shape[1]
        self.distribution = distribution or Distribution(Strategy.ONE)

    def fit(self) -> dict[str, float]:
        """Fine-tune, write `extractor.keras` and return the measured accuracies.

        The extractor maps (batch, height, width, 3) in [-1, 1] to (batch, 1024), or
        fewer features where the pretrained network has fewer.
        """
        if self.distribution.is_chief:
            self._start()
        extractor = self.start_extractor()
        begins = self.config.stages and self.config.starts_from_probe
        if begins and self.distribution.is_chief:
            self.probe(FROZEN, extractor)
        self.distribution.wait_for_all()
        total = sum(stage.epochs for stage in self.config.stages)
        progress = KerasProgress(self.config.name, total)
        for number, stage in enumerate(self.config.stages):
            extractor = self._run_stage(number, stage, extractor, progress)
        if self.distribution.is_chief:
            save(extractor, self.directory / EXTRACTOR)
            (self.directory / f"{TUNED}_probe.npz").unlink(missing_ok=True)
            self._measure()
        self.distribution.wait_for_all()
        report = json.loads((self.directory / RESULT).read_text(encoding="utf-8"))
        return report["top1"]

    def _start(self) -> None:
        """Make the directory this run's; what another run left in it goes."""
        photos = pd.util.hash_pandas_object(self.photos, index=False)
        digest = hashlib.sha256(photos.to_numpy().tobytes())
        digest.update(repr((self.pixels.shape, self.categories)).encode())
        # What a config leaves out is left out here: a new field undoes no old run.
        config = {k: v for k, v in asdict(self.config).items() if v is not None}
        run = {"config": config, "photos": digest.hexdigest()}
        text = json.dumps(run, indent=2) + "\n"
        file = self.directory / RUN
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            shutil.rmtree(self.directory, ignore_errors=True)
            self.directory.mkdir(parents=True)
            write_atomically(file, text)

    def _run_stage(
        self,
        number: int,
        stage: Stage,
        extractor: keras.Model,
        progress: KerasProgress,
    ) -> keras.Model:
        """Train one stage, or load it where an earlier run has finished it."""
        with self.distribution.strategy.scope():
            cropped = at_size(extractor, stage.crop_size)
            cropped = rounded(cropped) if self.config.rounded else cropped
            cropped = in_precision(cropped, self.config.precision)
            freeze(cropped, stage.frozen_convolutions)
            model = self._objective.network(cropped)
        finished = self.directory / f"stage-{number}.weights.h5"
        previous = self.directory / f"stage-{number - 1}.weights.h5"
        if finished.exists():
            model.load_weights(finished)
        else:
            if number:
                model.load_weights(previous)
            else:
                self._objective.start(model, self._beginning(extractor))
            progress.first_epoch = sum(s.epochs for s in self.config.stages[:number])
            self._train(number, stage, model, progress)
            if self.distribution.is_chief:
                temporary = self.directory / "unfinished.weights.h5"
                model.save_weights(temporary)
                temporary.replace(finished)
            self.distribution.wait_for_all()
        extractor.set_weights(cropped.get_weights())
        return extractor

    @cached_property
    def _objective(self) -> Objective:
        rows = self._start_rows()
        channels = tuned_channels(self.directory)
        return objective_of(
            self.config, self.categories, self.data, self.pixels, rows, channels
        )

    def _beginning(self, extractor: keras.Model) -> Beginning:
        rows = self.rows["train"]

        def probe() -> tuple[np.ndarray, np.ndarray]:
            fitted = self.probe(FROZEN, extractor)
            return fitted.weights, fitted.bias

        return Beginning(
            extractor, self.features, self._start_rows(), rows, self.labels[rows], probe
        )

    def _start_rows(self, count: int = PHOTOS_FOR_A_START) -> np.ndarray:
        random = np.random.default_rng(self.config.seed)
        return np.sort(random.permutation(self.rows["train"])[:count])

    def _train(
        self, number: int, stage: Stage, model: keras.Model, progress: KerasProgress
    ) -> None:
        rows = self.rows["train"]
        steps = -(-len(rows) // self.config.batch_size)
        rate: object = stage.learning_rate
        if stage.decay:
            rate = keras.optimizers.schedules.CosineDecay(
                stage.learning_rate, steps * stage.epochs
            )
        loss, metrics = self._objective.loss(), self._objective.metrics()
        with self.distribution.strategy.scope():
            model.compile(keras.optimizers.Adam(rate), loss=loss, metrics=metrics)
        board = keras.callbacks.TensorBoard(self.directory / f"board/stage-{number}")

        def batches(part: Part | None) -> tf.data.Dataset:
            return training_batches(
                self.pixels,
                rows,
                self.labels[rows],
                batch_size=self.config.batch_size,
                crop_size=stage.crop_size,
                smallest_crop=self.config.smallest_crop,
                seed=self.config.seed + number,
                part=part,
                followed=self._objective.followed,
            )

        self.distribution.fit(
            model,
            loss,
            batches,
            epochs=stage.epochs,
            backup=self.directory / f"stage-{number}-backup",
            callbacks=[progress, *([board] if self.distribution.is_chief else [])],
        )

    def features(self, extractor: keras.Model, rows: np.ndarray) -> np.ndarray:
        """Run a network over photos as the phone would: float32 (photos, outputs)."""
        labels = self.labels[rows]
        batches = plain_batches(self.pixels, rows, labels, 64, self.size)
        parts = [extractor(x, training=False).numpy() for x, _ in batches]
        return np.concatenate(parts)

    def start_extractor(self) -> keras.Model:
        """Make the extractor that fine-tuning starts from."""
        return make_start(
            self.config,
            self.size,
            self.data,
            self.directory,
            self._photos_for_pruning,
            lambda network: self.features(network, self.rows["train"]),
            self.labels[self.rows["train"]],
        )

    def _photos_for_pruning(self) -> np.ndarray:
        rows = self._start_rows(PHOTOS_FOR_PRUNING)
        batches = plain_batches(
            self.pixels, rows, self.labels[rows], len(rows), self.size
        )
        return next(iter(batches))[0].numpy()

    @property
    def kept_features(self) -> int | None:
        """How many features, from the first on, one of two ends keeps; None of one."""
        channels = tuned_channels(self.directory)
        return None if channels is None else FEATURES - len(channels)

    def tuned_extractor(self) -> keras.Model:
        """Load the extractor that fine-tuning has left.

        Raises:
            ValueError: The run is not finished.
        """
        return load_finished(self.directory)

    def probe(self, name: str, extractor: keras.Model) -> LinearProbe:
        """Fit the linear probe of an extractor, once for a run directory.

        Args:
            name: Of the extractor: its probe lies in `<name>_probe.npz`.
            extractor: Gives the features.
        """
        stored = self.directory / f"{name}_probe.npz"
        if not stored.exists():
            train, validation = (
                (self.features(extractor, self.rows[s]), self.labels[self.rows[s]])
                for s in ("train", "validation")
            )
            fit_probe(train, validation, self.categories).save(stored)
        return LinearProbe.load(stored)

    def _measure(self) -> None:
        """Probe the features before and after; write top-1 by extractor and split."""
        accuracy = {}
        extractors = {
            FROZEN: self.start_extractor(),
            TUNED: self.tuned_extractor(),
        }
        for name, extractor in extractors.items():
            probe = self.probe(name, extractor)
            for split in ("validation", "test"):
                rows = self.rows[split]
                logits = probe.logits(self.features(extractor, rows))
                score = top1(logits, self.labels[rows], self.categories)
                accuracy[f"{name}_probe_{split}"] = score
        report = {"config": asdict(self.config), "top1": accuracy}
        write_atomically(self.directory / RESULT, json.dumps(report, indent=2) + "\n")
