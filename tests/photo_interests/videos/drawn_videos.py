"""Small videos that this project draws."""

import struct
from pathlib import Path

import av
import numpy as np
from PIL import Image

RATE = 10


def write_video(
    path: Path,
    scenes: list[tuple[Image.Image, float]],
    created: str | None = None,
    rate: int = RATE,
    movflags: str = "",
    **tags: str,
) -> Path:
    """Write a video of pictures, each shown for some seconds; whole ones each second.

    Args:
        path: File; its name says the container.
        scenes: Pictures and seconds.
        created: Time in UTC for its tags.
        rate: Frames a second.
        movflags: Options of MP4: "faststart" for an index at its start, as of videos
            from the web, "use_metadata_tags" for tags of any name.
        tags: Further tags, with "_" for ".".
    """
    options = {"movflags": movflags} if movflags else {}
    with av.open(str(path), "w", options=options) as container:
        if created:
            container.metadata["creation_time"] = created
        for name, value in tags.items():
            container.metadata[name.replace("_", ".")] = value
        stream = container.add_stream("mpeg4", rate=rate)
        width, height = scenes[0][0].size
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.bit_rate = 4_000_000
        stream.codec_context.gop_size = rate
        for image, seconds in scenes:
            pixels = np.asarray(image.convert("RGB").resize((width, height)))
            for _ in range(round(seconds * rate)):
                frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def turn(path: Path, quarters: int) -> None:
    """Let players show an MP4 some quarters of a turn clockwise, as phones do.

    The matrix of the track's header is replaced, in which encoders write none.
    """
    cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarters]
    content = bytearray(path.read_bytes())
    matrix = content.index(b"tkhd") + 4 + 40
    one, unit = 1 << 16, 1 << 30
    values = (cosine * one, sine * one, 0, -sine * one, cosine * one, 0, 0, 0, unit)
    upright = struct.pack(">9i", one, 0, 0, 0, one, 0, 0, 0, unit)
    assert content[matrix : matrix + 36] == upright
    content[matrix : matrix + 36] = struct.pack(">9i", *values)
    path.write_bytes(content)


def write_sound(path: Path) -> Path:
    """Write a file that has sound and no picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44_100)
        for _ in range(20):
            frame = av.AudioFrame.from_ndarray(
                np.zeros((1, 1024), np.float32), format="fltp", layout="mono"
            )
            frame.sample_rate = 44_100
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
