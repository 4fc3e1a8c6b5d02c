"""Frames of a video where its picture changes."""

import warnings
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from photo_interests.photos.photo_error import PhotoError

SUFFIXES = frozenset({".mp4", ".m4v", ".mov", ".3gp", ".mkv", ".webm", ".avi", ".mpg"})
MAXIMUM_FRAMES = 30
MINIMUM_GAP_S = 1.0
CHANGE = 12.0
"""Mean difference of grey levels of small pictures from which on a scene is another."""
COMPARED_SIDE = 24
LONGEST_SIDE = 1280
"""Pixels of a frame that is kept."""
NO_DECODER = "a video: install the extra `vision` to read videos"


class Frame(NamedTuple):
    """A picture of a video.

    Attributes:
        second: When it is shown, from the start.
        image: Upright RGB image.
    """

    second: float
    image: Image.Image


class Video(NamedTuple):
    """What is read of a video.

    Attributes:
        frames: Frames in order: the first one, and those that differ from the frame
            before; at most one a second and 30 in all.
        taken: When it was taken; None where the file does not say.
    """

    frames: tuple[Frame, ...]
    taken: datetime | None


def is_video(path: Path) -> bool:
    """Whether a file is a video by its name."""
    return path.suffix.lower() in SUFFIXES


def read_video(path: Path) -> Video:
    """Read the frames of a video where its picture changes.

    Only frames that are stored whole are decoded: encoders store one at each cut, and
    one every few seconds.

    Args:
        path: A file that FFmpeg reads.

    Raises:
        PhotoError: The file is missing, empty, broken or no video, or PyAV is not
            installed.
    """
    if find_spec("av") is None:
        raise PhotoError(path, NO_DECODER)
    import av

    try:
        if path.stat().st_size == 0:
            raise PhotoError(path, "empty file")
    except OSError as error:
        raise PhotoError.unopened(path, error) from error
    with warnings.catch_warnings(action="ignore"):
        try:
            with av.open(str(path)) as container:
                taken = _taken(container.metadata.get("creation_time"))
                frames = _changed(_whole_frames(path, container))
        except PhotoError:
            raise
        except MemoryError as error:
            raise PhotoError(path, "too large to decode") from error
        except (av.FFmpegError, ValueError, OSError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise PhotoError(path, f"broken video: {reason}") from error
    if not frames:
        raise PhotoError(path, "broken video: no frame can be decoded")
    return Video(tuple(frames), taken)


def _whole_frames(path: Path, container: Any) -> Iterator[Frame]:
    if not container.streams.video:
        raise PhotoError(path, "no video: the file has no pictures")
    stream = container.streams.video[0]
    stream.codec_context.skip_frame = "NONKEY"
    last = -MINIMUM_GAP_S
    for frame in container.decode(stream):
        second = float(frame.time or 0.0)
        if second - last < MINIMUM_GAP_S:
            continue
        last = second
        image = frame.to_image()
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BILINEAR)
        yield Frame(second, image.rotate(int(frame.rotation or 0), expand=True))


def _changed(frames: Iterator[Frame]) -> list[Frame]:
    """Keep frames that differ from the last one kept; every second if too many."""
    kept: list[Frame] = []
    gap, before = MINIMUM_GAP_S, None
    for frame in frames:
        if kept and frame.second - kept[-1].second < gap:
            continue
        small = _small(frame.image)
        if before is not None and float(np.abs(small - before).mean()) < CHANGE:
            continue
        kept.append(frame)
        before = small
        if len(kept) > MAXIMUM_FRAMES:
            kept, gap = kept[::2], gap * 2
            before = _small(kept[-1].image)
    return kept


def _small(image: Image.Image) -> np.ndarray:
    side = (COMPARED_SIDE, COMPARED_SIDE)
    grey = image.convert("L").resize(side, Image.Resampling.BILINEAR)
    return np.asarray(grey, np.float32)


def _taken(text: str | None) -> datetime | None:
    """Parse the time of a container, which is in UTC, as the local time of here."""
    try:
        return None if text is None else datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
