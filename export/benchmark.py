"""How fast an extractor is against another one, on the same interpreter, in turns."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from export.bench.paired import Work, in_turns


@dataclass(frozen=True)
class Comparison:
    """Median time of one photo.

    Attributes:
        threads: Number of threads of both interpreters.
        milliseconds: Of the extractor.
        reference_milliseconds: Of the one it is compared with.
    """

    threads: int
    milliseconds: float
    reference_milliseconds: float

    @property
    def ratio(self) -> float:
        """The extractor's time over the reference's; below 1 it is faster."""
        return self.milliseconds / self.reference_milliseconds


def compare_latency(
    extractor: Path, reference: Path, threads: int, runs: int
) -> Comparison:
    """Time two extractors in turns on the same noise.

    Args:
        extractor: TFLite file.
        reference: TFLite file to compare with.
        threads: Number of threads of each interpreter.
        runs: Number of timed runs of each.
    """
    works = {
        name: invocation(Interpreter(str(path), num_threads=threads))
        for name, path in (("extractor", extractor), ("reference", reference))
    }
    seconds = in_turns(works, runs, warm_up=5)
    first, second = (1000 * float(np.median(times)) for times in seconds.values())
    return Comparison(threads, first, second)


def invocation(interpreter: Interpreter) -> Work:
    """Give a network noise as input; what is returned runs it once."""
    interpreter.allocate_tensors()
    entry = interpreter.get_input_details()[0]
    noise = np.random.default_rng(0).integers(0, 256, entry["shape"])
    interpreter.set_tensor(entry["index"], noise.astype(entry["dtype"]))
    return interpreter.invoke
