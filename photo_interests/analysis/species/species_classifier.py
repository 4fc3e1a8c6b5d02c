"""The species of what fills a picture, by a network of 8-bit numbers."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.analysis.card import AnalyzerCard, load_analyzer
from photo_interests.analysis.photo import fit_into
from photo_interests.analysis.pixel_model import pixel_input
from photo_interests.bundle.card import CardError
from photo_interests.models.runtime import open_interpreter

BACKGROUND = "background"
"""Id of the label of pictures without any species."""


class SpeciesClassifier:
    """Names what fills a picture, where that is probable enough.

    Attributes:
        card: Card of the analyzer.
        side: Side of the pictures that the network looks at, in pixels.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Load the network and compare it with its card.

        Args:
            folder: Folder of its card and model.
            name: Name of the analyzer.

        Raises:
            CardError: The card is invalid, or the model differs from it.
        """
        self.card: AnalyzerCard = load_analyzer(folder, name)
        path = folder / self.card.model
        rule = pixel_input(folder, self.card)
        self.side, self._around = rule.side, rule.background
        self._interpreter = open_interpreter(path)
        # The file is older than signatures.
        (given,) = self._interpreter.get_input_details()
        (result,) = self._interpreter.get_output_details()
        received = [
            (details["dtype"], tuple(int(size) for size in details["shape"]))
            for details in (given, result)
        ]
        expected = [
            (np.uint8, (1, self.side, self.side, 3)),
            (np.uint8, (1, len(self.card.labels))),
        ]
        if received != expected:
            raise CardError(f"{path}: expected {expected}, received {received}")
        self._input, self._output = given["index"], result["index"]
        self._scale = np.float32(result["quantization"][0])

    def classify(self, picture: Image.Image) -> tuple[int, float] | None:
        """Return the label of a picture and its probability.

        Args:
            picture: RGB picture that one animal fills.

        Returns:
            None where no species is probable enough.
        """
        probabilities = self.probabilities(picture)
        best = int(probabilities.argmax())
        if self.card.labels[best].id == BACKGROUND:
            return None
        if probabilities[best] < self.card.thresholds["score"]:
            return None
        return best, float(probabilities[best])

    def probabilities(self, picture: Image.Image) -> NDArray[np.float32]:
        """Return the probability of each label, `(labels,)`.

        Args:
            picture: RGB picture of any size.
        """
        fitted = fit_into(picture, self.side, self._around)
        self._interpreter.set_tensor(self._input, fitted.pixels[None])
        self._interpreter.invoke()
        outputs = self._interpreter.get_tensor(self._output)[0]
        return outputs.astype(np.float32) * self._scale
