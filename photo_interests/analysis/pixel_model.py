"""Models that take the pixels of a photo, compared with their cards."""

from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.analysis.card import AnalyzerCard, PixelInput
from photo_interests.bundle.card import CardError
from photo_interests.models.runtime import open_interpreter


class PixelModel:
    """A model on the TFLite runtime that takes one square of RGB pixels.

    Attributes:
        input: Rule for the pixels, from the card.
        run: The model's signature: takes `pixels`, uint8 `(1, side, side, 3)`.
    """

    def __init__(self, folder: Path, card: AnalyzerCard) -> None:
        """Load the model of a card and compare it with that.

        Args:
            folder: Folder of the card and the model.
            card: The card.

        Raises:
            CardError: The input is none of pixels, or not that of the model.
        """
        path = folder / card.model
        self.input = pixel_input(folder, card)
        self._interpreter = open_interpreter(path)
        self.run: Any = self._interpreter.get_signature_runner()
        (pixels,) = self.run.get_input_details().values()
        expected = (1, self.input.side, self.input.side, 3)
        received = (pixels["dtype"], tuple(int(size) for size in pixels["shape"]))
        if received != (np.uint8, expected):
            raise CardError(
                f"{path}: expected pixels uint8 {expected}, received {received}"
            )


def pixel_input(folder: Path, card: AnalyzerCard) -> PixelInput:
    """Return the rule for the pixels that a model takes.

    Args:
        folder: Folder of the card and the model.
        card: The card.

    Raises:
        CardError: The input is none of pixels.
    """
    if not isinstance(card.input, PixelInput):
        raise CardError(
            f"{folder / card.model}: expected an input of pixels, received {card.input}"
        )
    return card.input
