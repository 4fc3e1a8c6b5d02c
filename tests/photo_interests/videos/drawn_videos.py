"""Small videos that this project draws."""

from pathlib import Path

import av
import numpy as np
from PIL import Image

RATE = 10


def write_video(
    path: Path, scenes: list[tuple[Image.Image, float]], created: str | None = None
) -> Path:
    """Write a video of pictures, each shown for some seconds."""
    with av.open(str(path), "w") as container:
        if created:
            container.metadata["creation_time"] = created
        stream = container.add_stream("mpeg4", rate=RATE)
        width, height = scenes[0][0].size
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.bit_rate = 4_000_000
        stream.codec_context.gop_size = RATE
        for image, seconds in scenes:
            pixels = np.asarray(image.convert("RGB").resize((width, height)))
            for _ in range(round(seconds * RATE)):
                frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
                container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


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
