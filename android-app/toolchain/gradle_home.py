"""A Gradle home out of the one-jar Gradle that plugin authors compile against.

Gradle looks its modules up by jar name and reads a `<module>-classpath.properties`
in each. The classes themselves are all in gradle-worker-main, but for those that run
inside a test worker.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

from artifacts import ASM, GRADLE, GRADLE_JAR, GRADLE_LIBRARIES, HERE, jar_name
from programs import run, say

SUFFIX = "-classpath.properties"
WORKER = "gradle-worker-main"
TESTING = "gradle-testing-jvm-infrastructure"
# Gradle compiles the accessors of a version catalog against gradle-core alone.
MANIFESTS = {"gradle-core": f"Class-Path: {WORKER}-{GRADLE}.jar\n"}
NO_DEPENDENCIES = "projects=\nruntime=\n"


def make_gradle_home(home: Path, downloads: Path) -> None:
    """Fill an empty folder with `lib/` and `runner/`."""
    say("making the Gradle home")
    lib = home / "lib"
    (lib / "plugins").mkdir(parents=True)
    modules, libraries = read_modules(downloads / jar_name(GRADLE_JAR))
    for name, properties in modules.items():
        if name not in (WORKER, TESTING):
            target = lib / f"{name}-{GRADLE}.jar"
            write_jar(target, {name + SUFFIX: properties}, MANIFESTS.get(name, ""))
    _place_libraries(libraries, lib, downloads)
    run_java_source(
        "GradleJars.java",
        [
            downloads / jar_name(GRADLE_JAR),
            lib / f"{WORKER}-{GRADLE}.jar",
            lib / f"{TESTING}-{GRADLE}.jar",
        ],
        downloads,
    )
    _compile_runner(home / "runner", lib)


def read_modules(fat_jar: Path) -> tuple[dict[str, str], set[str]]:
    """What the one-jar Gradle says of itself.

    Returns:
        Each module's properties, and the names of the libraries they ask for.
    """
    with zipfile.ZipFile(fat_jar) as jar:
        found = {
            name[: -len(SUFFIX)]: jar.read(name).decode()
            for name in jar.namelist()
            if name.startswith("gradle-") and name.endswith(SUFFIX)
        }
        plugins = [
            plugin
            for name in ("gradle-plugins", "gradle-implementation-plugins")
            for plugin in listed(jar.read(f"{name}.properties").decode(), "plugins")
        ]
    names = {*found, *plugins}
    libraries: set[str] = set()
    for properties in found.values():
        names.update(listed(properties, "projects"))
        libraries.update(listed(properties, "runtime"))
    modules = {name: found.get(name, NO_DEPENDENCIES) for name in sorted(names)}
    return modules, libraries


def listed(properties: str, key: str) -> list[str]:
    """Items of a comma-separated property."""
    for line in properties.splitlines():
        if line.startswith(f"{key}="):
            return [item for item in line[len(key) + 1 :].strip().split(",") if item]
    return []


def write_jar(path: Path, entries: dict[str, str], manifest: str = "") -> None:
    """Write a jar that holds texts; nearly all jars of this home are such."""
    with zipfile.ZipFile(path, "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + manifest)
        for name, text in entries.items():
            jar.writestr(name, text)


def run_java_source(program: str, arguments: list[Path], downloads: Path) -> None:
    """Run a Java program of one file, with ASM."""
    classpath = os.pathsep.join(str(downloads / jar_name(each)) for each in ASM)
    source = HERE / "java" / program
    run(["java", "-Xmx1g", "-cp", classpath, source, *arguments], program)


def _place_libraries(libraries: set[str], lib: Path, downloads: Path) -> None:
    real = {jar_name(each) for each in GRADLE_LIBRARIES}
    for name in real:
        shutil.copyfile(downloads / name, lib / name)
    for name in libraries - real:
        write_jar(lib / name, {})  # its classes are relocated inside the one jar


def _compile_runner(runner: Path, lib: Path) -> None:
    runner.mkdir()
    source = HERE / "java" / "GradleRunner.java"
    command = ["javac", "-nowarn", "-proc:none", "-d", runner, "-cp", f"{lib}/*"]
    run([*command, source], "compiling GradleRunner.java")
