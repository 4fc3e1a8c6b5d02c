"""What a worker process does with a photo or video."""

import gc
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.bundle.card import Card
from photo_interests.models.extractor import Extractor
from photo_interests.photos.decode import DecodedImage, decode
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.pixels import check_evidence, resize
from photo_interests.photos.thumbnail import make_thumbnail
from photo_interests.videos.frames import Frame, is_video, read_frame, read_video

Features = NDArray[np.uint8]
Size = tuple[int, int]


class Still(NamedTuple):
    """A photo, or a frame of a video.

    Attributes:
        path: File.
        second: When the frame is shown, from the start; None for a photo.
    """

    path: Path
    second: float | None = None


class Task(NamedTuple):
    """What a worker is to do with a file.

    Attributes:
        still: The file; with a second that frame of a video alone.
        extract: Whether to extract features.
        thumbnail: Width and height of a thumbnail in pixels; None for none.
        videos: Whether to read a video by its frames; it is no photo otherwise.
    """

    still: Still
    extract: bool
    thumbnail: Size | None
    videos: bool = False


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


class ReadVideo(NamedTuple):
    """What was read from a video.

    Attributes:
        features: Stored features of frames `(frames, dimension)`, one at least.
        seconds: When each of them is shown, from the start; ascending.
        taken: When it was taken, if its file gives a time; see `video_taken`.
    """

    features: Features
    seconds: tuple[float, ...]
    taken: datetime | None


def settle_memory() -> None:
    """Prepare a worker process for many photos, once its libraries are loaded."""
    # What is loaded stays: without this, garbage is sought in it after every photo.
    gc.freeze()
    # The memory of the last photo serves the next, up to 32 MB: asking the system for
    # it again can take a tenth of the time to decode.
    Image.core.set_blocks_max(2)


class _Process:
    """What a worker process keeps between photos."""

    bundle: Path
    card: Card
    threads: int
    extractor: Extractor | None = None


def prepare(bundle: Path, card: Card, threads: int) -> None:
    """Prepare a worker process.

    Args:
        bundle: Folder of the bundle.
        card: Card of the bundle.
        threads: Number of interpreter threads.
    """
    _Process.bundle, _Process.card, _Process.threads = bundle, card, threads
    settle_memory()


def read_file(task: Task) -> ReadPhoto | ReadVideo | PhotoError:
    """Read a photo, or a video by its frames.

    Returns:
        What was read; the error of a file that cannot be.

    Raises:
        CardError: The extractor differs from what the card describes.
    """
    try:
        if task.videos and is_video(task.still.path):
            return _read_video(task.still.path)
        return _read_photo(task)
    except PhotoError as error:
        return error


def _read_photo(task: Task) -> ReadPhoto:
    features, thumbnail = np.empty(0, np.uint8), b""
    image, taken = _decoded(task.still)
    if task.extract:
        check_evidence(task.still.path, image)
    if task.thumbnail:
        thumbnail = make_thumbnail(image, *task.thumbnail)
    if task.extract:
        (features,) = _extract([image])
    return ReadPhoto(features, thumbnail, taken)


def _read_video(path: Path) -> ReadVideo:
    video = read_video(path)
    frames = _evident(path, video.frames)
    features = _extract([frame.image for frame in frames])
    return ReadVideo(features, tuple(frame.second for frame in frames), video.taken)


def _decoded(still: Still) -> DecodedImage:
    if still.second is None:
        return decode(still.path, _Process.card.input)
    return DecodedImage(read_frame(still.path, still.second), None)


def _evident(path: Path, frames: Sequence[Frame]) -> list[Frame]:
    """Return the frames that show anything: a fade begins with one that is black.

    Raises:
        PhotoError: None does.
    """
    shown: list[Frame] = []
    for frame in frames:
        try:
            check_evidence(path, frame.image)
        except PhotoError as error:
            nothing = error
        else:
            shown.append(frame)
    if not shown:
        raise nothing
    return shown


def _extract(images: Sequence[Image.Image]) -> Features:
    """Return the stored features of images, `(images, dimension)`."""
    # Made here, not at the start: what it raises then reaches the parent by name.
    if _Process.extractor is None:
        card = _Process.card
        _Process.extractor = Extractor(_Process.bundle, _Process.threads, card)
    pixels = (resize(image, _Process.card.input) for image in images)
    return np.concatenate([_Process.extractor(one[None]) for one in pixels])
