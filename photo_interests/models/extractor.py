"""Pixels to features on the TFLite runtime."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import Card, CardError, load_card
from photo_interests.models.runtime import open_interpreter


class Extractor:
    """The network of a bundle that turns each photo into one row of bytes."""

    def __init__(self, source: Path, threads: int = 1, card: Card | None = None):
        """Load the network and compare it with the card.

        Args:
            source: A bundle, or a TFLite file of an extractor by itself.
            threads: Number of threads of the interpreter.
            card: Card of the bundle if it is loaded already; for a file, the card
                to compare it with, if any.

        Raises:
            CardError: A file is missing or changed, or the network differs from its
                card.
            ValueError: No TFLite model.
        """
        path = Path(source)
        if path.is_dir():
            card = card or load_card(path)
            path = path / card.extractor.file
        self._interpreter = open_interpreter(path, threads)
        self._inputs = self._interpreter.get_input_details()
        self._outputs = self._interpreter.get_output_details()
        if card is not None:
            self._check(path, card)

    def __call__(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Features of photos.

        Args:
            pixels: RGB bytes `(photos, height, width, 3)`.

        Returns:
            Stored features `(photos, dimension)`; the card has scale and zero point.

        Raises:
            ValueError: `pixels` has another shape or type.
        """
        source, target = self._inputs[0], self._outputs[0]
        shape = tuple(int(size) for size in source["shape"][1:])
        if pixels.shape[1:] != shape or pixels.dtype != source["dtype"]:
            raise ValueError(
                f"pixels: expected {np.dtype(source['dtype'])} (photos, *{shape}), "
                f"received {pixels.dtype} {pixels.shape}"
            )
        features = np.empty((len(pixels), target["shape"][-1]), target["dtype"])
        # One at a time: the graph is static, so that every accelerator takes it.
        for photo, row in zip(pixels, features, strict=True):
            self._interpreter.set_tensor(source["index"], photo[None])
            self._interpreter.invoke()
            row[:] = self._interpreter.get_tensor(target["index"])[0]
        return features

    def _check(self, path: Path, card: Card) -> None:
        rule, features = card.input, card.features
        shape = (1, rule.height, rule.width, len(rule.channels))
        expected = {
            "inputs": [_tensor(shape, rule.dtype, rule.scale, rule.zero_point)],
            "outputs": [
                _tensor(
                    (1, features.dimension),
                    features.dtype,
                    features.scale,
                    features.zero_point,
                )
            ],
        }
        received = {
            "inputs": [_describe(tensor) for tensor in self._inputs],
            "outputs": [_describe(tensor) for tensor in self._outputs],
        }
        if received != expected:
            raise CardError(f"{path}: expected {expected}, received {received}")


def _tensor(
    shape: tuple[int, ...], dtype: str, scale: float, zero_point: int
) -> dict[str, Any]:
    # The file holds the scale as float32: compare what survives that.
    return {
        "shape": shape,
        "dtype": dtype,
        "scale": float(np.float32(scale)),
        "zero_point": zero_point,
    }


def _describe(details: dict[str, Any]) -> dict[str, Any]:
    scale, zero_point = details["quantization"]
    shape = tuple(int(size) for size in details["shape"])
    return _tensor(shape, np.dtype(details["dtype"]).name, scale, zero_point)
