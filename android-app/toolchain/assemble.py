"""Assemble Gradle and an Android SDK in a cache folder, once."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from android_sdk import make_sdk
from artifacts import ALL, HERE, PINS, fetch, jar_name
from gradle_home import make_gradle_home
from programs import check_machine, jdk_version, say

SOURCES = ("artifacts.py", "gradle_home.py", "android_sdk.py", "assemble.py")
MEGABYTE = 1_000_000
FINGERPRINT_DIGITS = 16
PARTS = ("gradle", "sdk")
WORK = ".assembling-"


def cache_folder() -> Path:
    """Where the toolchain lives: ANDROID_TOOLCHAIN, or the user's cache folder."""
    chosen = os.environ.get("ANDROID_TOOLCHAIN")
    if chosen:
        return Path(chosen).absolute()
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "photo-interests" / "android-toolchain"


def assemble(cache: Path) -> Path:
    """Have an up-to-date toolchain in a cache folder.

    Other versions stay where they are: another checkout may be building with them.

    Args:
        cache: gets `downloads/`, and a folder for each version of the toolchain.

    Returns:
        The folder of this version, with `gradle/` and `sdk/`.

    Raises:
        ToolchainError: another kind of machine, a missing program, or a step that
            failed.
    """
    check_machine()
    target = cache / fingerprint(jdk_version())
    cache.mkdir(parents=True, exist_ok=True)
    with _alone(cache):
        if not all((target / name).is_dir() for name in PARTS):
            started = time.monotonic()
            downloads = cache / "downloads"
            fetch(downloads)
            _make_parts(target, downloads)
            size = sum((downloads / jar_name(each)).stat().st_size for each in ALL)
            say(
                f"{len(ALL)} artifacts, {size / MEGABYTE:.0f} MB, assembled in"
                f" {time.monotonic() - started:.0f} s in {target}"
            )
    return target


def fingerprint(jdk: str) -> str:
    """Changes whenever these sources, the artifacts or the JDK do."""
    digest = hashlib.sha256(jdk.encode())
    sources = [HERE / name for name in SOURCES] + sorted((HERE / "java").iterdir())
    for path in (*sources, PINS):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:FINGERPRINT_DIGITS]


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    with (cache / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another process is assembling {cache}; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_parts(target: Path, downloads: Path) -> None:
    """Build beside, then rename, so that a killed run leaves no half of a toolchain."""
    for left_by_a_kill in target.parent.glob(f"{WORK}*"):
        shutil.rmtree(left_by_a_kill, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=WORK, dir=target.parent))
    try:
        make_gradle_home(work / "gradle", downloads)
        make_sdk(work / "sdk", downloads)
        shutil.rmtree(target, ignore_errors=True)
        work.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
