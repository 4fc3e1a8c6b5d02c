"""Fine-tunes MobileNet v1 on the categories, stage by stage; a killed run resumes."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas as pd

from training.arrays import Bytes, Floats, Integers
from training.backbone.augmentation import plain_batches
from training.backbone.config import FEATURES, BackboneConfig, LabelLoss
from training.backbone.feature_distillation import MODELS
from training.backbone.init import (
    CHANNELS,
    EXTRACTOR,
    TrainingPhotos,
    initial_extractor,
    load_finished,
    save,
    task_channels,
)
from training.backbone.loss_term import InitContext
from training.backbone.multi_task_model import multi_task_model
from training.backbone.pretrained import pretrained_input
from training.backbone.probe import LinearProbe, fit_probe, top1
from training.backbone.stage_trainer import StageTrainer
from training.distribution import Distribution, Strategy
from training.runs import Input, Run

SPLITS = ("train", "validation", "test")
PHOTOS_FOR_HEADS = 2048
PHOTOS_FOR_PRUNING = 512
BATCH = 64
FROZEN = "frozen"
TUNED = "tuned"


class BackboneRun:
    """One fine-tuning run in a place of its own; see `training.runs`.

    Args:
        config: Config of the run.
        pixels: uint8 (photos, height, width, 3), by photo index.
        photos: The photos table.
        index: Output index of each category id.
        data: Folder with the pretrained weights.
        runs: Folder of all fine-tuning runs, which all workers must see.
        distribution: Where training runs; on one device of this process if None.
        photos_file: File that `photos` was read from, whose hash then identifies it.
        force: Whether to repeat a run that is finished.

    Raises:
        ValueError: Pixels and photos differ in number.
    """

    def __init__(
        self,
        config: BackboneConfig,
        pixels: Bytes,
        photos: pd.DataFrame,
        index: dict[str, int],
        data: Path,
        runs: Path,
        distribution: Distribution | None = None,
        *,
        photos_file: Path | None = None,
        force: bool = False,
    ) -> None:
        if len(pixels) != len(photos):
            raise ValueError(
                f"pixels: expected those of {len(photos)} photos, "
                f"received {len(pixels)}; run `python -m training pixels` again"
            )
        self.config, self.data, self.runs = config, data, runs
        self.pixels, self.photos, self.index = pixels, photos, index
        self.categories = len(index)
        self.labels: Integers = np.array(
            [index.get(category, self.categories) for category in photos["category"]]
        )
        self.rows: dict[str, Integers] = {
            split: np.flatnonzero(photos["split"] == split) for split in SPLITS
        }
        self.size = config.input_size or pixels.shape[1]
        self.distribution = distribution or Distribution(Strategy.ONE)
        self._photos_file, self._force = photos_file, force

    @cached_property
    def run(self) -> Run:
        """Place and record of the run, by its config and all that it reads.

        Raises:
            ValueError: A run that it starts from is not finished.
        """
        return Run(
            self.runs,
            self.config.name,
            kind="backbone",
            config=self.config,
            inputs=self._inputs(),
            output=EXTRACTOR,
            force=self._force,
            writes=self.distribution.is_chief,
            barrier=self.distribution.barrier,
        )

    @property
    def directory(self) -> Path:
        """Folder of the run."""
        return self.run.directory

    def _inputs(self) -> dict[str, Input]:
        inputs: dict[str, Input] = {
            "pixels": self.pixels,
            "photos": self.photos if self._photos_file is None else self._photos_file,
            "categories": json.dumps(list(self.index)).encode(),
        }
        for width in self.config.pretrained_widths:
            inputs[f"pretrained {width}"] = pretrained_input(self.data, width)
        for parent in self.config.parents:
            extractor = self.runs / parent / EXTRACTOR
            if not extractor.is_file():
                raise ValueError(
                    f"{self.config.name}: expected the finished run {parent} at "
                    f"{extractor}, received no file; run `python -m training backbone "
                    f"{parent}` first"
                )
            inputs[f"run {parent}"] = extractor
            channels = self.runs / parent / CHANNELS
            if channels.is_file():
                inputs[f"channels of {parent}"] = channels
        teacher = self.config.feature_distillation
        if teacher is not None:
            inputs["teacher extractor"] = MODELS / teacher.bundle / "extractor.tflite"
        return inputs

    def fit(self) -> dict[str, float]:
        """Fine-tune, write `extractor.keras` and return the measured accuracies.

        The extractor maps (batch, height, width, 3) in [-1, 1] to (batch, 1024), or
        fewer features where the pretrained network has fewer.
        """
        return dict(self.run.ensure(self._compute).values["top1"])

    def _compute(self, values: dict[str, Any]) -> None:
        """Train all stages, and measure what came out on the chief."""
        is_chief, stages = self.distribution.is_chief, self.config.stages
        if not is_chief:  # the chief computes what takes long, for all workers
            self.distribution.barrier()
        extractor = self.initial_extractor()
        if is_chief:
            if stages and self._starts_from_probe:
                self.probe(FROZEN, extractor)
            self.distribution.barrier()
        if stages:
            trainer = self._trainer()
            for number in range(len(stages)):
                trainer.train(number, extractor, lambda: self._init_context(extractor))
        if is_chief:
            save(extractor, self.directory / EXTRACTOR)
            values["top1"] = self._measure()
        self.distribution.barrier()

    @property
    def _starts_from_probe(self) -> bool:
        losses = [one for one in self.config.losses if isinstance(one, LabelLoss)]
        return any(one.fitted_init and one.hidden_units is None for one in losses)

    def _trainer(self) -> StageTrainer:
        rows = self.rows["train"]
        tasks = multi_task_model(
            self.config,
            self.categories,
            self.data,
            self.pixels[self._sample_rows()],
            task_channels(self.directory),
        )
        return StageTrainer(
            self.config,
            tasks,
            self.pixels,
            rows,
            self.labels[rows],
            self.directory,
            self.run.scratch,
            self.distribution,
        )

    def _init_context(self, extractor: keras.Model) -> InitContext:
        rows = self.rows["train"]

        def linear_probe() -> tuple[Floats, Floats]:
            probe = self.probe(FROZEN, extractor)
            return probe.weights, probe.bias

        return InitContext(
            extractor,
            self.features,
            self._sample_rows(),
            rows,
            self.labels[rows],
            linear_probe,
        )

    def _sample_rows(self, count: int = PHOTOS_FOR_HEADS) -> Integers:
        random = np.random.default_rng(self.config.seed)
        return np.sort(random.permutation(self.rows["train"])[:count])

    def features(self, network: keras.Model, rows: Integers) -> Floats:
        """Run a network over photos at their full size.

        Args:
            network: Photos of the run's size -> outputs.
            rows: Photo indices, int (photos,).

        Returns:
            float32 (photos, outputs).
        """
        labels = self.labels[rows]
        batches = plain_batches(self.pixels, rows, labels, BATCH, self.size)
        return np.concatenate([network(x, training=False).numpy() for x, _ in batches])

    def initial_extractor(self) -> keras.Model:
        """Make the extractor that fine-tuning starts from."""
        train = self.rows["train"]
        photos = TrainingPhotos(
            self.labels[train],
            lambda network: self.features(network, train),
            self._photos_for_pruning,
        )
        return initial_extractor(
            self.config, self.size, self.data, self.directory, photos
        )

    def _photos_for_pruning(self) -> Floats:
        rows = self._sample_rows(PHOTOS_FOR_PRUNING)
        batches = plain_batches(
            self.pixels, rows, self.labels[rows], len(rows), self.size
        )
        return next(iter(batches))[0].numpy()

    @property
    def teacher_features(self) -> int | None:
        """Number of the first features, of a teacher branch; None without one."""
        channels = task_channels(self.directory)
        return None if channels is None else FEATURES - len(channels)

    def tuned_extractor(self) -> keras.Model:
        """Load the fine-tuned extractor.

        Raises:
            ValueError: The run is not finished.
        """
        return load_finished(self.directory)

    def probe(self, name: str, extractor: keras.Model) -> LinearProbe:
        """Fit the linear probe of an extractor, once for a run.

        Args:
            name: `FROZEN` or `TUNED`; the probe lies in `NAME_probe.npz`.
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

    def _measure(self) -> dict[str, float]:
        """Probe the features before and after: top-1 by extractor and split."""
        accuracy = {}
        extractors = {
            FROZEN: self.initial_extractor(),
            TUNED: self.tuned_extractor(),
        }
        for name, extractor in extractors.items():
            probe = self.probe(name, extractor)
            for split in ("validation", "test"):
                rows = self.rows[split]
                logits = probe.logits(self.features(extractor, rows))
                score = top1(logits, self.labels[rows], self.categories)
                accuracy[f"{name}_probe_{split}"] = score
        return accuracy
