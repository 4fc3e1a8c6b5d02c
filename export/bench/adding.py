"""One photo after the other into the state of a profile."""

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from export.convert import Settings, convert, saved_model
from training.aggregators.photo_evidence import PhotoEvidence

UPDATE = "update"


class Adding:
    """An aggregator's `update` by one photo, with an interpreter that keeps its sizes.

    The app's runtime does the same: it sets sizes only where they change. Python's
    signature runner sets them, and plans the memory, at every call.
    """

    def __init__(
        self, aggregator: PhotoEvidence, settings: Settings | None = None
    ) -> None:
        """Convert `update` of a built aggregator by itself.

        Args:
            aggregator: with its weights.
            settings: changes the converter, for quantisation.
        """
        signatures = {UPDATE: aggregator.signatures()[UPDATE]}
        with saved_model(aggregator, signatures) as folder:
            model = convert(folder, [UPDATE], aggregator.name, settings)
        self._interpreter = Interpreter(model_content=model.content, num_threads=1)
        inputs = {
            np.dtype(tensor["dtype"]).name: tensor["index"]
            for tensor in self._interpreter.get_input_details()
        }
        self._features, self._state = inputs["uint8"], inputs["float32"]
        self._interpreter.resize_tensor_input(self._features, (1, aggregator.dimension))
        self._interpreter.allocate_tensors()
        (output,) = self._interpreter.get_output_details()
        self._output = output["index"]

    def __call__(self, photo: np.ndarray, state: np.ndarray) -> np.ndarray:
        """Add a photo.

        Args:
            photo: uint8 stored features `(1, dimension)`.
            state: float32 `(categories + 1,)`.

        Returns:
            The state with the photo.
        """
        self._interpreter.set_tensor(self._features, photo)
        self._interpreter.set_tensor(self._state, state)
        self._interpreter.invoke()
        return self._interpreter.get_tensor(self._output)
