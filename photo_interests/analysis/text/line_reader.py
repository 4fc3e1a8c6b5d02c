"""Reads one line of text (CRNN's way of decoding, Graves and others, 2006)."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.bundle.card import CardError
from photo_interests.models.runtime import open_interpreter

READER = "reader.tflite"
CHARACTERS = "characters.txt"
HEIGHT = 32
"""Pixels of a line as the released recogniser takes it."""
STRETCH = 1.25
"""How much wider than high a line is made: narrow letters need columns of their own."""
WIDTH_STEP = 32
"""Widths are rounded up to a multiple: preparing the model takes as long as reading
some twenty columns."""
MAXIMUM_WIDTH = 1600
GREY = (127, 127, 127)
NONE = 0
"""Index of "no character" among the outputs."""


class LineReader:
    """Reads lines of Latin characters, on the TFLite runtime."""

    def __init__(self, folder: Path, stretch: float = STRETCH) -> None:
        """Load the recogniser and its characters.

        Args:
            folder: Folder of the analyzer of text.
            stretch: How much wider than high a line is made.

        Raises:
            CardError: The model takes or gives something else.
        """
        self._characters = (folder / CHARACTERS).read_text("utf-8").split("\n")
        self._interpreter = open_interpreter(folder / READER)
        self._run = self._interpreter.get_signature_runner()
        received = {
            *self._run.get_input_details(), *self._run.get_output_details()
        }  # fmt: skip
        expected = {"pixels", "characters", "scores"}
        if received != expected:
            raise CardError(f"{folder}: expected {expected}, received {received}")
        self._height = int(self._run.get_input_details()["pixels"]["shape"][1])
        self._stretch = stretch

    def __call__(self, lines: Sequence[Image.Image]) -> list[tuple[str, float]]:
        """Read lines.

        Args:
            lines: RGB images of one line each, from left to right.

        Returns:
            Their texts, and the mean probability of their characters (0 without any).
        """
        strips = [self._strip(line) for line in lines]
        read: dict[int, tuple[str, float]] = {}
        # Those of one width after each other, so that the model is seldom prepared.
        for index in sorted(range(len(strips)), key=lambda one: strips[one].shape[1]):
            outputs = self._run(pixels=strips[index][None])
            read[index] = self._decode(outputs["characters"][0], outputs["scores"][0])
        return [read[index] for index in range(len(strips))]

    def _decode(self, indices: np.ndarray, scores: np.ndarray) -> tuple[str, float]:
        """Drop repetitions, then places without a character."""
        changed = np.diff(indices, prepend=NONE) != 0
        kept = changed & (indices != NONE)
        text = "".join(self._characters[index] for index in indices[kept])
        return text.strip(), float(scores[kept].mean()) if kept.any() else 0.0

    def _strip(self, line: Image.Image) -> NDArray[np.uint8]:
        """Pixels of a line as the recogniser takes it, with grey at its end."""
        width = max(1, round(line.width * self._height * self._stretch / line.height))
        width = min(width, MAXIMUM_WIDTH)
        room = -(-width // WIDTH_STEP) * WIDTH_STEP
        strip = Image.new("RGB", (room, self._height), GREY)
        resized = line.resize((width, self._height), Image.Resampling.BILINEAR)
        strip.paste(resized, (0, 0))
        return np.array(strip, np.uint8)
