"""Reads many photos in several processes, with bounded memory and time for each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from photo_interests.bundle.card import Card
from photo_interests.photos import TIME_LIMIT_S
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_worker import (
    Features,
    ReadPhoto,
    ReadVideo,
    Size,
    Still,
    Task,
    prepare,
    read_file,
)
from photo_interests.photos.worker_pool import Failure, WorkerPool

Item = TypeVar("Item")


@dataclass(frozen=True)
class PhotoReader:
    """Turns photo files into features, several at the same time.

    Each process decodes and extracts by itself and hands back rows of bytes, so memory
    does not grow with the number of photos. A photo that crashes its process or takes
    too long is named, and the others are read.

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
        for index, outcome in self.read_photos(photos):
            if isinstance(outcome, PhotoError):
                yield index, outcome
            else:
                yield index, outcome.features

    def read_photos(
        self, photos: Sequence[Path], size: Size | None = None
    ) -> Iterator[tuple[int, ReadPhoto | PhotoError]]:
        """Yield features, time and perhaps a thumbnail of each photo, decoded once.

        Args:
            photos: Files; a video is none.
            size: Width and height of the thumbnails in pixels; None for none.

        Raises:
            CardError: The extractor differs from what the card describes.
        """
        return self._photos(photos, lambda path: Task(Still(path), True, size))

    def read_files(
        self, files: Sequence[Path]
    ) -> Iterator[tuple[int, ReadPhoto | ReadVideo | PhotoError]]:
        """Yield features and time of each photo, and of the frames of each video.

        Args:
            files: Photos and videos.

        Raises:
            CardError: The extractor differs from what the card describes.
        """
        return self._run(files, lambda path: Task(Still(path), True, None, videos=True))

    def thumbnails(
        self, stills: Sequence[Still], size: Size
    ) -> Iterator[tuple[int, ReadPhoto | PhotoError]]:
        """Yield a thumbnail of each photo or frame, without features.

        Args:
            stills: Photos, and frames of videos.
            size: Width and height in pixels.
        """
        return self._photos(stills, lambda still: Task(still, False, size))

    def _photos(
        self, items: Sequence[Item], task: Callable[[Item], Task]
    ) -> Iterator[tuple[int, ReadPhoto | PhotoError]]:
        for index, outcome in self._run(items, task):
            assert not isinstance(outcome, ReadVideo)  # no such task asks for one
            yield index, outcome

    def _run(
        self, items: Sequence[Item], task: Callable[[Item], Task]
    ) -> Iterator[tuple[int, ReadPhoto | ReadVideo | PhotoError]]:
        pool = WorkerPool[Task, ReadPhoto | ReadVideo | PhotoError](
            max(1, min(self.processes, len(items))),
            read_file,
            prepare,
            (self.bundle, self.card, self.threads),
            self.limit_s,
        )
        for index, outcome in pool.map(_Tasks(items, task)):
            if isinstance(outcome, Failure):
                path = task(items[index]).still.path
                yield index, unfinished(path, outcome, self.limit_s)
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


class _Tasks(Sequence[Task], Generic[Item]):
    """The task of each item, made when it is taken."""

    def __init__(self, items: Sequence[Item], task: Callable[[Item], Task]) -> None:
        self._items, self._task = items, task

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self._task(self._items[index])
