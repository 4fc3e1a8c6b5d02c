"""Ctrl-C ends every command without a traceback, also while it still imports."""

import signal
import sys
from types import FrameType

_received = False


def end_quietly_while_importing() -> None:
    """Let Ctrl-C end this process as the system does, until `listen` is called.

    Called by the `__init__` of packages that run as `python -m PACKAGE`: TensorFlow
    takes seconds to import, and a Ctrl-C in that time would end in a traceback of the
    import. Where the package is imported by anything else, nothing is changed.
    """
    # Python calls itself "-m" for as long as it looks for the module that it is to run.
    if sys.argv[:1] == ["-m"] and _has(signal.default_int_handler):
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def listen() -> None:
    """Let Ctrl-C raise `KeyboardInterrupt` again: a command cleans up after it."""
    if _has(signal.SIG_DFL) or _has(signal.default_int_handler):
        signal.signal(signal.SIGINT, _interrupt)


def received() -> bool:
    """Whether Ctrl-C was pressed since `listen`.

    A library may have made an error of its own of it: a compiled module that is
    interrupted while it is imported ends in an `ImportError`.
    """
    return _received


def _interrupt(number: int, frame: FrameType | None) -> None:
    global _received
    _received = True
    signal.default_int_handler(number, frame)


def _has(handler: object) -> bool:
    return signal.getsignal(signal.SIGINT) is handler
