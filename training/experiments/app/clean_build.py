"""The app built and tested from a fresh clone."""

import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from training.experiments.app.gradle import run_program

MAKE_APP = ("make", "app")
CACHES = ("ANDROID_HOME", "ANDROID_TOOLCHAIN", "GRADLE_USER_HOME", "XDG_CACHE_HOME")


def time_clean_build(
    repository: Path, commands: Sequence[str] = MAKE_APP
) -> dict[str, float]:
    """Run the app's whole build in a fresh clone whose caches are all empty.

    The clone has the last commit, not what stands uncommitted. Home folder, and with it
    the caches of Gradle, Maven, Robolectric and the toolchain, is a new one, and
    everything is thrown away afterwards. What is downloaded takes 2 GB of disk.

    Args:
        repository: A checkout.
        commands: Program and arguments, run in the clone's root.

    Returns:
        {"minutes": wall clock time}.

    Raises:
        ValueError: The repository cannot be cloned, or the build failed; its last words
            are in the error.
    """
    with tempfile.TemporaryDirectory() as folder:
        clone, home = Path(folder, "clone"), Path(folder, "home")
        home.mkdir()
        run_program(
            ["git", "clone", "--depth=1", repository.resolve().as_uri(), str(clone)]
        )
        environment = {
            name: value for name, value in os.environ.items() if name not in CACHES
        } | {"HOME": str(home), "JAVA_TOOL_OPTIONS": f"-Duser.home={home}"}
        started = time.monotonic()
        run_program(commands, clone, environment)
        return {"minutes": (time.monotonic() - started) / 60}
