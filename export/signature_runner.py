"""Runs the signatures of a TFLite file on the runtime that predict uses."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

Arrays = dict[str, npt.NDArray[np.generic]]


class SignatureRunner:
    """A TFLite file with named inputs and outputs.

    Outputs are read by name: their order in a subgraph is not that of the source.
    """

    def __init__(self, model: Path | bytes, threads: int | None = None) -> None:
        """Load a model.

        Args:
            model: a file or its content.
            threads: how many to compute with; None leaves it to the runtime.
        """
        source = (
            {"model_content": model}
            if isinstance(model, bytes)
            else {"model_path": str(model)}
        )
        self._interpreter = Interpreter(**source, num_threads=threads)
        self._runners = {
            name: self._interpreter.get_signature_runner(name)
            for name in self._interpreter.get_signature_list()
        }

    def takes(self, signature: str, name: str) -> bool:
        """Whether a signature has an input of a name."""
        return name in self._runners[signature].get_input_details()

    def output(self, signature: str, name: str) -> tuple[float, int]:
        """Give scale and zero point of an output."""
        details = self._runners[signature].get_output_details()[name]
        scale, zero_point = details["quantization"]
        return float(scale), int(zero_point)

    def __call__(self, signature: str, **inputs: npt.NDArray[np.generic]) -> Arrays:
        """Run one signature; free sizes follow those of the inputs.

        Raises:
            ValueError: no such signature, or inputs that it does not take.
        """
        if signature not in self._runners:
            raise ValueError(
                f"expected a signature of {sorted(self._runners)}, "
                f"received {signature!r}"
            )
        return dict(self._runners[signature](**inputs))
