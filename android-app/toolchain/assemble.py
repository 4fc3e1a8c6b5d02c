"""Assemble Gradle and an Android SDK in a cache folder, once."""

from __future__ import annotations

import fcntl
import hashlib
import json
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
PARTS = ("gradle", "sdk")
WORK = ".assembling-"


def cache_folder() -> Path:
    """Where the toolchain lives: ANDROID_TOOLCHAIN, or the user's cache folder."""
    chosen = os.environ.get("ANDROID_TOOLCHAIN")
    if chosen:
        return Path(chosen).absolute()
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "photo-interests" / "android-toolchain"


def assemble(target: Path) -> bool:
    """Have an up-to-date toolchain in a folder.

    Args:
        target: gets `gradle/`, `sdk/` and `downloads/`.

    Returns:
        Whether there was anything to do.

    Raises:
        ToolchainError: another kind of machine, a missing program, or a step that
            failed.
    """
    check_machine()
    wanted = fingerprint(jdk_version())
    target.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        stamp = target / "toolchain.json"
        whole = all((target / name).is_dir() for name in PARTS)
        if whole and _stamped(stamp) == wanted:
            return False
        stamp.unlink(missing_ok=True)
        started = time.monotonic()
        downloads = target / "downloads"
        fetch(downloads)
        _make_parts(target, downloads)
        stamp.write_text(json.dumps({"fingerprint": wanted}) + "\n")
        size = sum((downloads / jar_name(each)).stat().st_size for each in ALL)
        say(
            f"{len(ALL)} artifacts, {size / MEGABYTE:.0f} MB, assembled in"
            f" {time.monotonic() - started:.0f} s in {target}"
        )
        return True


def fingerprint(jdk: str) -> str:
    """Changes whenever these sources, the artifacts or the JDK do."""
    digest = hashlib.sha256(jdk.encode())
    sources = [HERE / name for name in SOURCES] + sorted((HERE / "java").iterdir())
    for path in (*sources, PINS):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _stamped(stamp: Path) -> str | None:
    try:
        return json.loads(stamp.read_text())["fingerprint"]
    except (OSError, ValueError, KeyError):
        return None


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    with (target / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another process is assembling {target}; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_parts(target: Path, downloads: Path) -> None:
    """Build beside, then swap, so that a killed run leaves no half of a toolchain."""
    for left_by_a_kill in target.glob(f"{WORK}*"):
        shutil.rmtree(left_by_a_kill, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=WORK, dir=target))
    try:
        make_gradle_home(work / "gradle", downloads)
        make_sdk(work / "sdk", downloads)
        for name in PARTS:
            shutil.rmtree(target / name, ignore_errors=True)
            (work / name).rename(target / name)
    finally:
        shutil.rmtree(work, ignore_errors=True)
