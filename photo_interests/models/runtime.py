"""The TFLite interpreter, as everything here opens it."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ai_edge_litert.interpreter import Interpreter


def open_interpreter(path: Path, threads: int = 1) -> Interpreter:
    """Open a TFLite file, ready to run.

    Args:
        path: TFLite file.
        threads: Number of threads of the interpreter.

    Raises:
        ValueError: No file, or no TFLite model.
    """
    # The runtime announces its CPU delegate on stderr and has no switch for it.
    with _quiet_native_stderr():
        interpreter = Interpreter(str(path), num_threads=threads)
        interpreter.allocate_tensors()
    return interpreter


@contextlib.contextmanager
def _quiet_native_stderr() -> Iterator[None]:
    """Send what native code writes to stderr nowhere; Python's errors still rise."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
