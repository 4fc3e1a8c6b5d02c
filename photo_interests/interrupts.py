"""Ctrl-C ends every command without a traceback, also while it still imports."""

import signal
import sys


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
    if _has(signal.SIG_DFL):
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _has(handler: object) -> bool:
    return signal.getsignal(signal.SIGINT) is handler
