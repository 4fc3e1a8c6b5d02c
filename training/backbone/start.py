"""The extractor that fine-tuning starts from."""

import io
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np

from photo_interests.files import write_atomically
from training.backbone.branches import branch, most_read
from training.backbone.config import BackboneConfig
from training.backbone.mobilenet import (
    build_extractor,
    build_teacher,
    load_pretrained,
)
from training.backbone.pruning import prune

EXTRACTOR = "extractor.keras"
PRUNED = "pruned.keras"
BRANCHED = "branched.keras"
CHANNELS = "channels.npy"


def make_start(
    config: BackboneConfig,
    size: int,
    data: Path,
    directory: Path,
    photos: Callable[[], np.ndarray],
    answers: Callable[[keras.Model], np.ndarray],
    labels: np.ndarray,
) -> keras.Model:
    """Make the pretrained network, or what is to start from finished runs.

    Args:
        config: The run's.
        size: Height and width of its photos.
        data: Where pretrained weights may lie.
        directory: The run's; others lie beside it, and a start that takes its time to
            make is kept in it.
        photos: Gives float (photos, size, size, 3) in [-1, 1] to prune by.
        answers: Runs a network of `size` over the training photos: float32 (photos,
            outputs).
        labels: Of the training photos, int.

    Returns:
        float32 (batch, size, size, 3) in [-1, 1] -> (batch, features).

    Raises:
        ValueError: A run that it starts from is not finished.
    """
    start, runs = config.start, directory.parent
    ends = None if start is None else tuned_channels(runs / start.run)
    if start is not None and ends is not None:
        _save_channels(ends, directory)
        return load_finished(runs / start.run)
    width = 1.0 if start else config.width or 1.0
    extractor = build_extractor(size, width)
    load_pretrained(extractor, data, width)
    if start is not None:
        rest = extractor if start.rest is None else load_finished(runs / start.rest)
        tuned = load_finished(runs / start.run).get_weights()
        pairs = zip(rest.get_weights(), tuned, strict=True)
        share = start.share
        extractor.set_weights([(1 - share) * r + share * t for r, t in pairs])
    if config.branches is not None:
        branches = config.branches

        def branched() -> keras.Model:
            pretrained, head = build_teacher(size, data).layers
            channels = most_read(
                answers(extractor),
                labels,
                extractor.output_shape[1] - branches.kept_features,
            )
            _save_channels(channels, directory)
            kernel = head.get_weights()[0]
            return branch(pretrained, extractor, kernel, channels, branches, answers)

        return _stored(directory / BRANCHED, branched)
    narrow = config.width
    if start is None or narrow is None:
        return extractor
    return _stored(directory / PRUNED, lambda: prune(extractor, narrow, photos()))


def _stored(path: Path, make: Callable[[], keras.Model]) -> keras.Model:
    """Load a network, made and saved by the first who asks for it."""
    if not path.exists():
        save(make(), path)
    return keras.saving.load_model(path, compile=False)


def tuned_channels(directory: Path) -> np.ndarray | None:
    """Load which features of its start a run's tuned end gives, ascending.

    None where the run has one end.
    """
    path = directory / CHANNELS
    return np.load(path) if path.is_file() else None


def _save_channels(channels: np.ndarray, directory: Path) -> None:
    buffer = io.BytesIO()
    np.save(buffer, channels)
    write_atomically(directory / CHANNELS, buffer.getvalue())


def load_finished(directory: Path) -> keras.Model:
    """Load the extractor of a finished run.

    Raises:
        ValueError: The run is not finished.
    """
    path = directory / EXTRACTOR
    if not path.is_file():
        raise ValueError(f"expected a finished run at {path}, received no file")
    return keras.saving.load_model(path, compile=False)


def save(extractor: keras.Model, path: Path) -> None:
    """Write an extractor aside, then rename it to `path`."""
    temporary = path.with_name("unfinished.keras")
    extractor.save(temporary)
    temporary.replace(path)
