"""Makes the extractor that a fine-tuning run starts from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np

from training.arrays import Floats, Integers
from training.backbone.config import (
    BackboneConfig,
    DualBranch,
    FromRun,
    MeanOfRuns,
    Pretrained,
)
from training.backbone.dual_branch import dual_branch, most_weighted
from training.backbone.mobilenet import at_size, build_extractor
from training.backbone.pretrained import build_teacher, load_pretrained
from training.backbone.pruning import prune
from training.runs import writing

EXTRACTOR = "extractor.keras"
INIT = "init.keras"
CHANNELS = "channels.npy"
"""Of a dual-branch network: the task run's features that its task branch gives."""


@dataclass(frozen=True)
class TrainingPhotos:
    """What an init may look at.

    Attributes:
        labels: Labels of the training photos, int (photos,).
        predict: Runs a network over them: float32 (photos, outputs).
        sample: Gives a sample of them, float (photos, size, size, 3) in [-1, 1].
    """

    labels: Integers
    predict: Callable[[keras.Model], Floats]
    sample: Callable[[], Floats]


def initial_extractor(
    config: BackboneConfig,
    size: int,
    data: Path,
    directory: Path,
    photos: TrainingPhotos,
) -> keras.Model:
    """Make the network that training starts from.

    Args:
        config: Config of the run.
        size: Height and width of its photos, in pixels.
        data: Folder with the pretrained weights.
        directory: Folder of the run, which keeps an init that takes long to compute;
            finished runs lie beside it.
        photos: The training photos.

    Returns:
        float32 (batch, size, size, 3) in [-1, 1] -> (batch, features).

    Raises:
        ValueError: A run that it starts from is not finished.
    """
    runs, init = directory.parent, config.init
    match init:
        case Pretrained(width=width):
            return _pretrained(size, data, width)
        case MeanOfRuns(run=run, share=share, other=other):
            mean = (
                _pretrained(size, data)
                if other is None
                else _from_run(runs / other, size)
            )
            weights = load_finished(runs / run).get_weights()
            pairs = zip(mean.get_weights(), weights, strict=True)
            mean.set_weights([(1 - share) * a + share * b for a, b in pairs])
            return mean
        case FromRun(run=run, pruned_width=None):
            _copy_channels(runs / run, directory)
            return _from_run(runs / run, size)
    stored = directory / INIT
    if not stored.exists():
        if isinstance(init, FromRun):
            network = _from_run(runs / init.run, size)
            assert init.pruned_width is not None
            made = prune(network, init.pruned_width, photos.sample())
        else:
            made = _dual_branch(init, size, data, directory, photos)
        save(made, stored)
    return keras.saving.load_model(stored, compile=False)


def _pretrained(size: int, data: Path, width: float = 1.0) -> keras.Model:
    extractor = build_extractor(size, width)
    load_pretrained(extractor, data, width)
    return extractor


def _from_run(run: Path, size: int) -> keras.Model:
    extractor = load_finished(run)
    is_same = extractor.input_shape[1] == size
    return extractor if is_same else at_size(extractor, size)


def _dual_branch(
    init: DualBranch, size: int, data: Path, directory: Path, photos: TrainingPhotos
) -> keras.Model:
    task = _from_run(directory.parent / init.task_run, size)
    count = task.output_shape[1] - init.teacher_features
    channels = most_weighted(photos.predict(task), photos.labels, count)
    _save_channels(channels, directory)
    pretrained, head = build_teacher(size, data).layers
    kernel = head.get_weights()[0]
    return dual_branch(pretrained, task, kernel, channels, init, photos.predict)


def task_channels(run: Path) -> Integers | None:
    """Load which features of its task run a dual-branch run's task branch gives.

    Returns:
        int (count,), ascending; None for a run of one branch.
    """
    path = run / CHANNELS
    return np.load(path) if path.is_file() else None


def _copy_channels(run: Path, directory: Path) -> None:
    channels = task_channels(run)
    if channels is not None:
        _save_channels(channels, directory)


def _save_channels(channels: Integers, directory: Path) -> None:
    with writing(directory / CHANNELS) as path:
        np.save(path, channels)


def load_finished(run: Path) -> keras.Model:
    """Load the extractor of a finished run.

    Raises:
        ValueError: The run is not finished.
    """
    path = run / EXTRACTOR
    if not path.is_file():
        raise ValueError(f"expected a finished run at {path}, received no file")
    return keras.saving.load_model(path, compile=False)


def save(extractor: keras.Model, path: Path) -> None:
    """Write an extractor, whole or not at all.

    Args:
        extractor: Photos -> features.
        path: `.keras` file to write.
    """
    with writing(path) as temporary:
        extractor.save(temporary)
