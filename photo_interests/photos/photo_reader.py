"""Reads many photos in several processes, with bounded memory and time for each."""

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.bundle.card import Card
from photo_interests.models.extractor import Extractor
from photo_interests.photos import TIME_LIMIT_S
from photo_interests.photos.decode import decode
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.pixels import check_evidence, resize
from photo_interests.photos.thumbnail import make_thumbnail
from photo_interests.photos.worker_pool import Failure, WorkerPool

Features = NDArray[np.uint8]
Size = tuple[int, int]


class _Task(NamedTuple):
    """What a worker is to do with a photo."""

    path: Path
    extract: bool
    thumbnail: Size | None


class ReadPhoto(NamedTuple):
    """What was read from a photo.

    Attributes:
        features: Stored features `(dimension,)`; empty if not requested.
        thumbnail: A WebP file; empty if not requested.
        taken: When it was taken, if its file gives a time; see `time_taken`.
    """

    features: Features
    thumbnail: bytes
    taken: datetime | None


@dataclass(frozen=True)
class PhotoReader:
    """Turns photo files into features, several at the same time.

    Each process decodes and extracts by itself and hands back one row of bytes, so
    memory does not grow with the number of photos. A photo that crashes its process or
    takes too long is named, and the others are read.

    Attributes:
        bundle: Folder of the bundle.
        card: Card of the bundle.
        processes: Maximum number of worker processes.
        threads: Number of interpreter threads in each process.
        limit_s: Time limit for a photo in seconds.
    """

    bundle: Path
    card: Card
    processes: int
    threads: int
    limit_s: float = TIME_LIMIT_S

    def read(
        self, photos: Sequence[Path]
    ) -> Iterator[tuple[int, Features | PhotoError]]:
        """Yield the index of each photo once, as it is done.

        Yields:
            Index and features `(dimension,)`, or the error of a photo that cannot
            be read.

        Raises:
            CardError: The extractor differs from what the card describes.
        """
        for index, outcome in self._run(photos, True, None):
            if isinstance(outcome, PhotoError):
                yield index, outcome
            else:
                yield index, outcome.features

    def read_photos(
        self, photos: Sequence[Path], size: Size | None = None
    ) -> Iterator[tuple[int, ReadPhoto | PhotoError]]:
        """Yield features, time and perhaps a thumbnail of each photo, decoded once.

        Args:
            photos: Files.
            size: Width and height of the thumbnails in pixels; None for none.

        Raises:
            CardError: The extractor differs from what the card describes.
        """
        return self._run(photos, True, size)

    def thumbnails(
        self, photos: Sequence[Path], size: Size
    ) -> Iterator[tuple[int, ReadPhoto | PhotoError]]:
        """Yield a thumbnail of each photo, without features.

        Args:
            photos: Files.
            size: Width and height in pixels.
        """
        return self._run(photos, False, size)

    def _run(
        self, photos: Sequence[Path], extract: bool, size: Size | None
    ) -> Iterator[tuple[int, ReadPhoto | PhotoError]]:
        pool = WorkerPool[_Task, ReadPhoto | PhotoError](
            max(1, min(self.processes, len(photos))),
            _read_photo,
            _prepare,
            (self.bundle, self.card, self.threads),
            self.limit_s,
        )
        for index, outcome in pool.map(_Tasks(photos, extract, size)):
            if isinstance(outcome, Failure):
                yield index, unfinished(photos[index], outcome, self.limit_s)
            else:
                yield index, outcome


def unfinished(
    photo: Path, failure: Failure, limit_s: float, done: str = "decoded"
) -> PhotoError:
    """Return the error of a photo that a worker process did not finish.

    Args:
        photo: File of the photo.
        failure: Why there is no result.
        limit_s: Time limit for a photo in seconds.
        done: What was to be done with it, as in "not decoded within 60 seconds".
    """
    if failure is Failure.TIMED_OUT:
        return PhotoError(photo, f"too slow: not {done} within {limit_s:g} seconds")
    return PhotoError(photo, "broken: it crashes the decoder")


def settle_memory() -> None:
    """Prepare a worker process for many photos, once its libraries are loaded."""
    # What is loaded stays: without this, garbage is sought in it after every photo.
    gc.freeze()
    # The memory of the last photo serves the next, up to 32 MB: asking the system for
    # it again can take a tenth of the time to decode.
    Image.core.set_blocks_max(2)


class _Tasks(Sequence[_Task]):
    """The task of each photo, made when it is taken."""

    def __init__(
        self, photos: Sequence[Path], extract: bool, size: Size | None
    ) -> None:
        self._photos, self._extract, self._size = photos, extract, size

    def __len__(self) -> int:
        return len(self._photos)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return _Task(self._photos[index], self._extract, self._size)


class _Process:
    """What a worker process keeps between photos."""

    bundle: Path
    card: Card
    threads: int
    extractor: Extractor | None = None


def _prepare(bundle: Path, card: Card, threads: int) -> None:
    _Process.bundle, _Process.card, _Process.threads = bundle, card, threads
    settle_memory()


def _read_photo(task: _Task) -> ReadPhoto | PhotoError:
    rule = _Process.card.input
    features, thumbnail = np.empty(0, np.uint8), b""
    try:
        image, taken = decode(task.path, rule)
        if task.extract:
            check_evidence(task.path, image)
        if task.thumbnail:
            thumbnail = make_thumbnail(image, *task.thumbnail)
        if task.extract:
            pixels = resize(image, rule)
    except PhotoError as error:
        return error
    if task.extract:
        # Made here, not at the start: what it raises then reaches the parent by name.
        if _Process.extractor is None:
            card = _Process.card
            _Process.extractor = Extractor(_Process.bundle, _Process.threads, card)
        features = _Process.extractor(pixels[None])[0]
    return ReadPhoto(features, thumbnail, taken)
