"""What the tests of the pool let workers do."""

import os
import signal
import time
from pathlib import Path

from PIL import Image


def nothing(*arguments):
    """Prepares nothing."""


def end_at_once():
    """Ends the process before it can work."""
    os._exit(3)


def work(item):
    """Does what the item says: `(what, value)`."""
    what, value = item
    match what:
        case "square":
            return value * value
        case "sleep":
            time.sleep(value)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "die once":
            path = Path(value)
            if not path.exists():
                path.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "raise":
            raise ValueError(value)
        case "blocks":
            return Image.core.get_blocks_max()
    return what


def sleep_for_ever() -> None:
    time.sleep(10_000.0)
