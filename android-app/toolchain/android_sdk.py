"""The parts of an Android SDK that the Android Gradle plugin opens."""

from __future__ import annotations

import zipfile
from pathlib import Path

from artifacts import AAPT2_JAR, ANDROID_ALL, jar_name
from gradle_home import run_java_source, write_jar
from programs import run, say

API_LEVEL = 36
BUILD_TOOLS = "35.0.0"
# The plugin wants to see these programs, and runs none of them in these builds.
UNUSED_TOOLS = (
    "aapt aidl dexdump dx bcc_compat llvm-rs-cc zipalign split-select d8 apksigner lld"
    " i686-linux-android-ld arm-linux-androideabi-ld aarch64-linux-android-ld"
    " mipsel-linux-android-ld x86_64-linux-android-ld"
).split()
PLATFORM_PROPERTIES = f"""\
Pkg.Desc=Android SDK Platform 16
Pkg.UserSrc=false
Pkg.Revision=3
Platform.Version=16
Platform.MinToolsRev=22
AndroidVersion.ApiLevel={API_LEVEL}
Layoutlib.Api=15
Layoutlib.Revision=1
"""
# What tells this SDK from a real one.
MARK = "made-from-maven-artifacts"


def make_sdk(sdk: Path, downloads: Path) -> None:
    """Fill an empty folder, to be used as ANDROID_HOME."""
    say("making the Android SDK")
    for folder in ("licenses", "platform-tools"):
        (sdk / folder).mkdir(parents=True)
    (sdk / MARK).touch()
    _make_platform(sdk / "platforms" / f"android-{API_LEVEL}", downloads)
    _make_build_tools(sdk / "build-tools" / BUILD_TOOLS, downloads)


def is_real_sdk(home: str | None) -> bool:
    """Whether a folder is an SDK of Google's with the platform that the app needs."""
    if not home:
        return False
    platform = Path(home) / "platforms" / f"android-{API_LEVEL}" / "android.jar"
    return platform.is_file() and not (Path(home) / MARK).exists()


def _make_platform(platform: Path, downloads: Path) -> None:
    platform.mkdir(parents=True)
    android_all = downloads / jar_name(ANDROID_ALL)
    run_java_source(
        "AndroidStubs.java", [android_all, platform / "android.jar"], downloads
    )
    with zipfile.ZipFile(android_all) as jar:
        (platform / "build.prop").write_bytes(jar.read("build.prop"))
    (platform / "framework.aidl").touch()
    (platform / "source.properties").write_text(PLATFORM_PROPERTIES)


def _make_build_tools(tools: Path, downloads: Path) -> None:
    (tools / "lib").mkdir(parents=True)
    revision = f"Pkg.UserSrc=false\nPkg.Revision={BUILD_TOOLS}\n"
    (tools / "source.properties").write_text(revision)
    with zipfile.ZipFile(downloads / jar_name(AAPT2_JAR)) as jar:
        (tools / "aapt2").write_bytes(jar.read("prebuilt/linux/aapt2"))
    (tools / "aapt2").chmod(0o755)
    run([tools / "aapt2", "version"], "aapt2 version")
    for name in UNUSED_TOOLS:
        note = f"echo '{name} is not part of this assembled SDK' >&2"
        (tools / name).write_text(f"#!/bin/sh\n{note}\nexit 1\n")
        (tools / name).chmod(0o755)
    write_jar(tools / "lib" / "d8.jar", {})
    write_jar(tools / "core-lambda-stubs.jar", {})
