"""The programs of the machine that the toolchain needs, and how they are run."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

OLDEST_JDK = 17
MACHINES = (("Linux", "x86_64"), ("Linux", "amd64"))
TAIL_LINES = 15


class ToolchainError(Exception):
    """A step failed for a reason that the user can act on."""


def say(text: str) -> None:
    """Tell the user what goes on, beside Gradle's own output."""
    print(f"toolchain: {text}", file=sys.stderr, flush=True)


def run(command: Sequence[str | Path], what: str) -> str:
    """Run a program to its end.

    Returns:
        What it printed.

    Raises:
        ToolchainError: it failed; holds the end of what it printed.
    """
    result = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if result.returncode != 0:
        tail = "\n".join(result.stdout.splitlines()[-TAIL_LINES:])
        raise ToolchainError(f"{what} failed (exit {result.returncode}):\n{tail}")
    return result.stdout


def jdk_version() -> str:
    """Version of the JDK on PATH, such as 17.0.15.

    Raises:
        ToolchainError: there is none, or one that is too old.
    """
    for program, packages in (
        ("javac", "a JDK 17 (Debian: openjdk-17-jdk-headless)"),
        ("java", "a JDK 17 (Debian: openjdk-17-jdk-headless)"),
        ("mvn", "Maven (Debian: maven)"),
    ):
        if shutil.which(program) is None:
            raise ToolchainError(f"'{program}' is not on PATH; {packages} is needed")
    printed = run(["javac", "-version"], "javac -version")
    version = re.search(r"^javac ((\d+)\S*)", printed, re.MULTILINE)
    if version is None:
        raise ToolchainError(
            f"expected javac to print its version, received {printed!r}"
        )
    if int(version[2]) < OLDEST_JDK:
        raise ToolchainError(
            f"a JDK {OLDEST_JDK} or newer is needed, found {version[1]}"
        )
    return version[1]


def check_machine() -> None:
    """Refuse a machine that cannot run aapt2, before anything is downloaded.

    Raises:
        ToolchainError: this is not Linux on x86-64.
    """
    machine = (platform.system(), platform.machine())
    if machine not in MACHINES:
        raise ToolchainError(
            f"expected Linux on x86-64, received {' on '.join(machine)}; elsewhere"
            " install an Android SDK, and let ANDROID_HOME name it"
        )
