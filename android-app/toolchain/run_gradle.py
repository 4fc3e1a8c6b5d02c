"""Run Gradle tasks of the app, with a real SDK's wrapper or with this toolchain."""

from __future__ import annotations

import fcntl
import os
import shlex
import sys
import zipfile
from pathlib import Path

from android_sdk import BUILD_TOOLS, is_real_sdk
from artifacts import HERE
from assemble import assemble, cache_folder
from programs import ToolchainError, say

PROJECT = HERE.parent
OPENED_PACKAGES = (
    "java.lang java.lang.invoke java.util java.util.concurrent.atomic"
    " java.nio.charset java.net"
).split()
JVM_OPTIONS = "-Xmx2g -XX:MaxMetaspaceSize=1g"


def main(arguments: list[str]) -> int:
    """Replace this process by Gradle; returns only where that fails."""
    os.chdir(PROJECT)
    try:
        if is_real_sdk(os.environ.get("ANDROID_HOME")):
            say("ANDROID_HOME holds an SDK: running ./gradlew")
            os.execv("./gradlew", ["./gradlew", *arguments])
        if os.environ.get("ANDROID_HOME"):
            say(
                "ANDROID_HOME lacks a real SDK with platform 36: using an assembled one"
            )
        toolchain = assemble(cache_folder())
        _hold_build_lock()
        os.environ["ANDROID_HOME"] = str(toolchain / "sdk")
        os.environ.pop("ANDROID_SDK_ROOT", None)
        os.execvp("java", gradle_command(toolchain, arguments))
    except (ToolchainError, OSError, zipfile.BadZipFile, KeyError) as error:
        print(f"toolchain: error: {error}", file=sys.stderr)
    return 2


def gradle_command(toolchain: Path, arguments: list[str]) -> list[str]:
    """The command line that runs one build; GRADLE_JVM holds options of the JVM."""
    gradle = toolchain / "gradle"
    aapt2 = toolchain / "sdk" / "build-tools" / BUILD_TOOLS / "aapt2"
    return [
        "java",
        *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED_PACKAGES),
        "-Djava.awt.headless=true",  # as Gradle's own launcher has it
        *shlex.split(os.environ.get("GRADLE_JVM") or JVM_OPTIONS),
        "-cp",
        f"{gradle}/lib/*{os.pathsep}{gradle}/runner",
        "GradleRunner",
        f"-Pandroid.aapt2FromMavenOverride={aapt2}",
        "-Pandroid.builder.sdkDownload=false",
        # The plugin asks for Gradle 8.13, and runs on what Maven has.
        "-Pandroid.overrideVersionCheck=true",
        "--init-script",
        str(HERE / "host.init.gradle"),
        *arguments,
    ]


def _hold_build_lock() -> None:
    """Two builds of one folder break each other: hold a lock until Gradle ends."""
    folder = PROJECT / ".gradle"
    folder.mkdir(exist_ok=True)
    lock = os.open(folder / "toolchain.lock", os.O_RDWR | os.O_CREAT, 0o644)
    os.set_inheritable(lock, True)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ToolchainError(
            f"another build is running in {PROJECT}; try again when it is done"
        ) from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
