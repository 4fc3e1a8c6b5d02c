"""How fast an extractor is against another one, on the same interpreter.

Runs alternate, so that whatever else the machine does slows both alike.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter


@dataclass(frozen=True)
class Comparison:
    """Median time of one photo.

    Attributes:
        threads: of both interpreters.
        milliseconds: of the extractor.
        reference_milliseconds: of the one it is compared with.
    """

    threads: int
    milliseconds: float
    reference_milliseconds: float

    @property
    def ratio(self) -> float:
        """The extractor's time over the reference's; below 1 it is faster."""
        return self.milliseconds / self.reference_milliseconds


def compare_latency(
    extractor: Path, reference: Path, threads: int, runs: int, warm_up: int = 5
) -> Comparison:
    """Time two extractors in turns on the same noise.

    Args:
        extractor: TFLite file.
        reference: TFLite file to compare with.
        threads: of each interpreter.
        runs: timed runs of each.
        warm_up: runs of each before the clock starts.
    """
    interpreters = [_load(path, threads) for path in (extractor, reference)]
    seconds = np.array(
        [[_time(item) for item in interpreters] for _ in range(warm_up + runs)]
    )
    medians = 1000 * np.median(seconds[warm_up:], axis=0)
    return Comparison(threads, float(medians[0]), float(medians[1]))


def _load(path: Path, threads: int) -> Any:
    interpreter = Interpreter(str(path), num_threads=threads)
    interpreter.allocate_tensors()
    entry = interpreter.get_input_details()[0]
    noise = np.random.default_rng(0).integers(0, 256, entry["shape"])
    interpreter.set_tensor(entry["index"], noise.astype(entry["dtype"]))
    return interpreter


def _time(interpreter: Any) -> float:
    start = time.perf_counter()
    interpreter.invoke()
    return time.perf_counter() - start
