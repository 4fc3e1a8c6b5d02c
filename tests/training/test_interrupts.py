"""Ctrl-C while a command still imports what it needs."""

import os
import signal
import subprocess
import sys

import pytest

COMMANDS = (
    ["training", "compare"],
    ["export", "verify", "models/everyday"],
    ["training.experiments.everyday_galleries", "evaluate", "--short"],
)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("last_import", ["typer", "numpy"])
def test_an_interrupt_among_the_imports_shows_no_traceback(
    command, last_import, project_root
):
    """The moment is an import that is done, on machines of any speed."""
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", *command],
        cwd=project_root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(project_root)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr is not None
    imports = (line.rsplit("|", 1)[-1].strip() for line in process.stderr)
    if not any(name == last_import for name in imports):
        pytest.fail(f"{command} ended without importing {last_import}")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in errors
