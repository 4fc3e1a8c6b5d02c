"""What of a network is computed in int8, and with which ranges.

The converter reads ranges from fake quantisation in the graph (Jacob and others, 2018).
They are numbers of this project, fitted once by `python -m
training.experiments.analyzers fit-int8`, so that a conversion needs no photos and gives
the same bytes everywhere. A tensor without a range stays in floating point, with what
computes it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np
import tensorflow as tf

from photo_interests.files import write_atomically

Observe = Callable[[str, Any], Any]
"""Takes name and value of a tensor; gives the value that is read on."""
Adapt = Callable[[str, np.ndarray, np.ndarray], tuple[Any, Any]]
"""Takes output, kernel and bias of a convolution; gives kernel and bias."""
DIGITS = 5


@dataclass(frozen=True)
class Quantisation:
    """Numbers that turn a network into one that is partly int8.

    Attributes:
        ranges: Lowest and highest value of each int8 tensor, by its name.
        shifts: What is added to the bias of a convolution, a number for each channel,
            by the name of its output: rounded kernels are wrong on the average.
    """

    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    shifts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file that `write` wrote.

        Raises:
            ValueError: A range is empty or does not hold zero; names the tensor.
        """
        content = json.loads(path.read_text(encoding="utf-8"))
        ranges = {name: (low, high) for name, (low, high) in content["ranges"].items()}
        for name, (low, high) in ranges.items():
            if not low <= 0 <= high or low == high:
                raise ValueError(
                    f"{path}: expected a range of {name} around zero, "
                    f"received {low} to {high}"
                )
        shifts = {name: tuple(values) for name, values in content["shifts"].items()}
        return cls(ranges, shifts)

    def write(self, path: Path) -> None:
        """Write the numbers as JSON, a line for each tensor."""
        parts = [
            f' "{key}": {{\n'
            + ",\n".join(
                f'  "{name}": {json.dumps([round(one, DIGITS) for one in values])}'
                for name, values in numbers.items()
            )
            + "\n }"
            for key, numbers in asdict(self).items()
        ]
        write_atomically(path, "{\n" + ",\n".join(parts) + "\n}\n")

    def observe(self, name: str, tensor: Any) -> Any:
        """Round a tensor to the 256 values of its range, if it has one."""
        if name not in self.ranges:
            return tensor
        return tf.quantization.fake_quant_with_min_max_args(tensor, *self.ranges[name])

    def adapt(
        self, name: str, kernel: np.ndarray, bias: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Shift the bias of a convolution, if it has shifts."""
        if name not in self.shifts:
            return kernel, bias
        return kernel, bias + np.array(self.shifts[name], np.float32)


FLOATING = Quantisation()
"""A network as it is."""
