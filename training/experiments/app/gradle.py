"""Numbers that Gradle tasks of the app print."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

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
    process = subprocess.run(
        [program, *tasks],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if process.returncode:
        last = "\n".join(process.stdout.splitlines()[-20:])
        raise ValueError(f"gradle {' '.join(tasks)}: failed with\n{last}")
    found = PRINTED.findall(process.stdout)
    if not found:
        raise ValueError(
            f"gradle {' '.join(tasks)}: expected lines 'measured: what: value', "
            "received none"
        )
    return {what: float(value) for what, value in found}
