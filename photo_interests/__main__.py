"""The `photo-interests` command, also as `python -m photo_interests`.

Worker processes import the main module again, so nothing heavy is imported here.
"""

import os
import signal
import sys


def main() -> None:
    """Run the command line."""
    try:
        from photo_interests.cli import app
        from photo_interests.console import run

        run(app)
    except KeyboardInterrupt:  # before or after the command itself
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stderr.write("Stopped.\n")
        os._exit(130)


if __name__ == "__main__":
    main()
