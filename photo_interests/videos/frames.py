"""Frames of a video where its picture changes."""

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from photo_interests.photos.decode import MAXIMUM_DECODED_PIXELS, check_file
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.position import Position
from photo_interests.videos.metadata import video_position, video_taken

SUFFIXES = frozenset(
    ".mp4 .m4v .mov .3gp .3g2 .mkv .webm .avi .mpg .mpeg .mts .m2ts .wmv".split()
)
MAXIMUM_FRAMES = 30
MINIMUM_GAP_S = 1.0
COMPARED_FRAMES = 300
"""Of a video of more seconds not each second is compared, so that time is bounded."""
MAXIMUM_GAP_S = 60.0
"""Between frames that are compared, whatever length a damaged file says it has."""
CHANGE = 12.0
"""Mean difference of grey levels of small pictures from which on a scene is another."""
COMPARED_SIDE = 24
LONGEST_SIDE = 1280
"""Pixels of a frame that is kept."""
NO_DECODER = "a video: install the extra `vision` to read videos"
# Containers of video alone: no playlist, which could name other files or addresses.
OPTIONS = {
    "format_whitelist": "mov,matroska,avi,mpeg,mpegts,mpegvideo,m4v,asf",
    "protocol_whitelist": "file",
}


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
            before; at most one a second and 30 in all. Of a video longer than five
            minutes 300 frames are compared.
        taken: When it was taken; None where the file does not say.
        position: Where it was taken; None where the file does not say.
    """

    frames: tuple[Frame, ...]
    taken: datetime | None
    position: Position | None


def is_video(path: Path) -> bool:
    """Whether a file is a video by its name."""
    return path.suffix.lower() in SUFFIXES


def read_video(path: Path) -> Video:
    """Read the frames of a video where its picture changes.

    Only frames that are stored whole are decoded: encoders store one at each cut, and
    one every few seconds. Of a video that is damaged or cut off, what can be decoded is
    read. Memory does not grow with its length.

    Args:
        path: A file that FFmpeg reads.

    Raises:
        PhotoError: The file is missing, empty, huge, broken or no video, or PyAV is
            not installed.
    """
    with _opened(path) as container:
        frames = _changed(_whole_frames(path, container))
        tags = container.metadata
    if not frames:
        raise PhotoError(path, "broken video: no frame can be decoded")
    return Video(tuple(frames), video_taken(tags), video_position(tags))


def read_frame(path: Path, second: float) -> Image.Image:
    """Read one frame of a video again.

    Args:
        path: A file that `read_video` has read.
        second: `second` of one of its frames.

    Raises:
        PhotoError: As of `read_video`, or the file has changed.
    """
    with _opened(path) as container:
        for frame in _whole_frames(path, container):
            if frame.second >= second:
                return frame.image
    raise PhotoError(
        path, f"changed: expected a frame at {second:.1f} s, received none"
    )


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    if find_spec("av") is None:
        raise PhotoError(path, NO_DECODER)
    import av

    check_file(path)
    with warnings.catch_warnings(action="ignore"):
        try:
            # By its protocol, since FFmpeg would take "a:b.mp4" for an address.
            with av.open(
                f"file:{path}", options=OPTIONS, metadata_errors="replace"
            ) as container:
                yield container
        except PhotoError:
            raise
        except MemoryError as error:
            raise PhotoError(path, "too large to decode") from error
        except Exception as error:  # as of photos: nearly every kind
            reason = getattr(error, "strerror", None) or str(error)
            raise PhotoError(path, f"broken video: {reason}") from error


def _whole_frames(path: Path, container: Any) -> Iterator[Frame]:
    stream = container.streams.best("video")  # which is not the picture of a cover
    if stream is None:
        raise PhotoError(path, "no video: the file has no pictures")
    context = stream.codec_context
    _check_pixels(path, context.width, context.height)
    context.skip_frame = "NONKEY"
    context.thread_count = 1  # there is a process for each core already
    start = float((stream.start_time or 0) * stream.time_base)
    for frame in _decoded(container, stream):
        _check_pixels(path, frame.width, frame.height)
        image = frame.to_image()
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BILINEAR)
        upright = image.rotate(int(frame.rotation or 0), expand=True)
        yield Frame(max(0.0, float(frame.time or 0.0) - start), upright)


def _decoded(container: Any, stream: Any) -> Iterator[Any]:
    """Decode frames that are stored whole, at most one a second."""
    import av

    duration_s = (container.duration or 0) / av.time_base
    gap = min(max(MINIMUM_GAP_S, duration_s / COMPARED_FRAMES), MAXIMUM_GAP_S)
    last = -math.inf
    for packet in container.demux(stream):
        shown = packet.dts if packet.pts is None else packet.pts
        if shown is not None and packet.is_keyframe:
            second = float(shown * packet.time_base)
            if second - last < gap:
                continue
            last = second
        with suppress(av.FFmpegError):  # damaged: the next whole frame may be sound
            yield from packet.decode()


def _check_pixels(path: Path, width: int, height: int) -> None:
    if width * height > MAXIMUM_DECODED_PIXELS:
        raise PhotoError(
            path,
            f"too large to decode: {width} x {height} pixels, expected at most "
            f"{MAXIMUM_DECODED_PIXELS // 1_000_000} megapixels",
        )


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
