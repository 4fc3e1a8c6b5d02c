"""Numbers that Gradle tasks of the app print."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

LAST_LINES = 20
"""Of a program that failed: they are in the error."""
GRADLE = Path("android-app/toolchain/gradle")
PRINTED = re.compile(r"^\s*measured: (?P<what>.+): (?P<value>-?[\d.]+)$", re.MULTILINE)


def run_gradle(tasks: Sequence[str], program: Path = GRADLE) -> dict[str, float]:
    """Run tasks of the app's build and collect what they measure.

    Args:
        tasks: Names and options, as after `android-app/toolchain/gradle`.
        program: The command that runs Gradle.

    Returns:
        Value by what was measured: the lines `measured: what: value` of the output.

    Raises:
        ValueError: A task failed, or printed no such line; gives its last lines.
        OSError: There is no such program; this must run in the repository's root.
    """
    found = PRINTED.findall(run_program([str(program), *tasks]))
    if not found:
        raise ValueError(
            f"gradle {' '.join(tasks)}: expected lines 'measured: what: value', "
            "received none"
        )
    return {what: float(value) for what, value in found}


def run_program(
    command: Sequence[str],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Run a program and return its output.

    Args:
        command: Program and arguments.
        folder: Where it runs; here if None.
        environment: Of the program; that of this process if None.

    Raises:
        ValueError: It failed; gives its last lines.
        OSError: There is no such program.
    """
    process = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if process.returncode:
        last = "\n".join(process.stdout.splitlines()[-LAST_LINES:])
        raise ValueError(f"{' '.join(command)}: failed with\n{last}")
    return process.stdout
