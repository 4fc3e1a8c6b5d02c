"""Ctrl-C ends a command as such, whatever a library makes of it."""

import subprocess
import sys

COMMAND = """
import os, signal, time, typer
from photo_interests import console

# A shell's background jobs, and what they start, ignore SIGINT.
signal.signal(signal.SIGINT, signal.default_int_handler)
app = typer.Typer()


@app.command()
def main() -> None:
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(60)
    except KeyboardInterrupt:  # as a compiled module that is being imported
        raise ImportError("initialization failed") from None


console.run(app)
"""


def test_an_interrupt_that_a_library_made_an_error_of_is_one() -> None:
    ended = subprocess.run([sys.executable, "-c", COMMAND], capture_output=True)
    assert ended.returncode == 130, ended.stderr
    assert ended.stderr == b"Stopped.\n"
