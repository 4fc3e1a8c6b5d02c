# ruff: noqa: D103 - names of tests say what they check
"""The toolchain: clear errors, pinned artifacts, one assembly at a time."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import android_sdk
import artifacts
import assemble
import failed_tests
import gradle_home
import programs
import pytest
import run_gradle

TOOLCHAIN = Path(__file__).resolve().parents[1]


@pytest.fixture
def fake_programs(tmp_path, monkeypatch):
    """Makes programs that stand before all others, or alone, on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def make(alone=False, **scripts):
        for name, script in scripts.items():
            (folder / name).write_text(f"#!/bin/sh\n{script}\n")
            (folder / name).chmod(0o755)
        rest = "" if alone else os.pathsep + os.environ["PATH"]
        monkeypatch.setenv("PATH", f"{folder}{rest}")

    return make


@pytest.mark.parametrize("missing", ["javac", "java", "mvn"])
def test_missing_program_is_named_with_what_brings_it(fake_programs, missing):
    there = {"javac": "echo javac 17.0.1", "java": "true", "mvn": "true"}
    del there[missing]
    fake_programs(alone=True, **there)
    with pytest.raises(programs.ToolchainError, match=f"'{missing}'.*needed"):
        programs.jdk_version()


def test_old_jdk_is_refused_with_both_versions(fake_programs):
    fake_programs(alone=True, javac="echo javac 11.0.2", java="true", mvn="true")
    with pytest.raises(programs.ToolchainError, match="17 or newer.*11.0.2"):
        programs.jdk_version()


@pytest.mark.parametrize("printed", ["javac 22-ea", "javac 17.0.1", "javac 21"])
def test_version_is_read_among_what_java_says_of_its_options(fake_programs, printed):
    script = f"echo 'Picked up JAVA_TOOL_OPTIONS: -Dx=9.1' >&2; echo {printed}"
    fake_programs(alone=True, javac=script, java="true", mvn="true")
    assert programs.jdk_version() == printed.split()[1]


def test_javac_without_a_version_is_quoted(fake_programs):
    fake_programs(alone=True, javac="echo broken", java="true", mvn="true")
    with pytest.raises(programs.ToolchainError, match="version, received 'broken"):
        programs.jdk_version()


@pytest.mark.parametrize("machine", [("Darwin", "arm64"), ("Linux", "aarch64")])
def test_other_machine_is_refused_before_any_download(
    monkeypatch, tmp_path, counted_parts, machine
):
    monkeypatch.setattr("platform.system", lambda: machine[0])
    monkeypatch.setattr("platform.machine", lambda: machine[1])
    with pytest.raises(programs.ToolchainError, match=" on ".join(machine)):
        assemble.assemble(tmp_path / "toolchain")
    assert not (tmp_path / "toolchain").exists()


def test_failed_program_says_what_and_why():
    with pytest.raises(programs.ToolchainError, match="listing failed.*\n.*nowhere"):
        programs.run(["ls", "/nowhere"], "listing")


def test_every_artifact_is_pinned_once():
    names = [artifacts.jar_name(each) for each in artifacts.ALL]
    assert sorted(names) == sorted(artifacts.read_pins())
    assert len(set(names)) == len(names)


def test_artifact_of_another_content_is_refused_and_removed(
    tmp_path, monkeypatch, fake_programs
):
    wanted = artifacts.ASM[0]
    monkeypatch.setattr(artifacts, "ALL", (wanted,))
    path = tmp_path / artifacts.jar_name(wanted)
    fake_programs(mvn=f"echo tampered > {path}")
    with pytest.raises(programs.ToolchainError, match="expected sha256.*received"):
        artifacts.fetch(tmp_path)
    assert not path.exists()


def test_artifacts_that_are_there_are_not_downloaded_again(
    tmp_path, monkeypatch, fake_programs
):
    wanted = artifacts.ASM[0]
    path = tmp_path / artifacts.jar_name(wanted)
    path.write_text("content")
    monkeypatch.setattr(artifacts, "ALL", (wanted,))
    pins = {path.name: artifacts.sha256(path)}
    monkeypatch.setattr(artifacts, "read_pins", lambda: pins)
    fake_programs(mvn="exit 1")
    artifacts.fetch(tmp_path)


def test_maven_that_fails_is_quoted(tmp_path, monkeypatch, fake_programs):
    monkeypatch.setattr(artifacts, "ALL", artifacts.ASM)
    monkeypatch.setattr(artifacts, "WAITS_S", (0,))
    fake_programs(mvn="echo no such host; exit 1")
    with pytest.raises(programs.ToolchainError, match="no such host"):
        artifacts.fetch(tmp_path)


def test_broken_download_is_tried_again(tmp_path, monkeypatch, fake_programs, capsys):
    path, mark = tmp_path / artifacts.jar_name(artifacts.ASM[0]), tmp_path / "tried"
    monkeypatch.setattr(artifacts, "ALL", artifacts.ASM[:1])
    monkeypatch.setattr(artifacts, "WAITS_S", (0, 0))
    path.write_text("content")
    pins = {path.name: artifacts.sha256(path)}
    monkeypatch.setattr(artifacts, "read_pins", lambda: pins)
    path.unlink()
    second = f"printf content > {path}"
    first = f"touch {mark}; echo Connection reset; exit 1"
    fake_programs(mvn=f"if [ -e {mark} ]; then {second}; else {first}; fi")
    artifacts.fetch(tmp_path)
    assert path.read_text() == "content"
    assert "Connection reset\ntrying again" in capsys.readouterr().err


def test_artifact_that_is_nowhere_is_asked_for_once(
    tmp_path, monkeypatch, fake_programs
):
    monkeypatch.setattr(artifacts, "ALL", artifacts.ASM)
    asked = tmp_path / "asked"
    fake_programs(mvn=f"echo x >> {asked}; echo {artifacts.NOT_THERE} x; exit 1")
    with pytest.raises(programs.ToolchainError, match=artifacts.NOT_THERE):
        artifacts.fetch(tmp_path)
    assert asked.read_text() == "x\n"


def test_properties_list_their_items():
    assert gradle_home.listed("projects=a,b\nruntime=", "projects") == ["a", "b"]
    assert gradle_home.listed("projects=a,b\nruntime=", "runtime") == []
    assert gradle_home.listed("", "runtime") == []


@pytest.fixture
def counted_parts(monkeypatch):
    """Replaces the slow steps by one that counts."""
    calls = []
    monkeypatch.setattr(assemble, "ALL", ())
    monkeypatch.setattr(assemble, "fetch", lambda downloads: None)
    for name in ("make_gradle_home", "make_sdk"):
        monkeypatch.setattr(
            assemble,
            name,
            lambda home, downloads, name=name: (home.mkdir(), calls.append(name)),
        )
    return calls


def test_second_assembly_does_nothing(tmp_path, counted_parts):
    assert assemble.assemble(tmp_path) == assemble.assemble(tmp_path)
    assert counted_parts == ["make_gradle_home", "make_sdk"]


def test_part_that_was_removed_is_assembled_anew(tmp_path, counted_parts):
    toolchain = assemble.assemble(tmp_path)
    shutil.rmtree(toolchain / "sdk")
    assert assemble.assemble(tmp_path) == toolchain
    assert (toolchain / "sdk").is_dir()


def test_what_a_killed_assembly_left_is_removed(tmp_path, counted_parts):
    left = tmp_path / f"{assemble.WORK}killed"
    (left / "gradle").mkdir(parents=True)
    assemble.assemble(tmp_path)
    assert not left.exists()


def test_other_version_leaves_the_one_that_a_build_may_be_using(
    tmp_path, counted_parts, monkeypatch
):
    used = assemble.assemble(tmp_path)
    mark = used / "gradle" / "opened-by-a-build"
    mark.touch()
    monkeypatch.setattr(assemble, "jdk_version", lambda: "21.0.1")
    assert assemble.assemble(tmp_path) != used
    assert mark.exists()
    assert counted_parts == ["make_gradle_home", "make_sdk"] * 2


def test_failed_assembly_leaves_nothing_half_made(tmp_path, counted_parts, monkeypatch):
    def fail(home, downloads):
        raise programs.ToolchainError("disk full")

    monkeypatch.setattr(assemble, "make_sdk", fail)
    with pytest.raises(programs.ToolchainError, match="disk full"):
        assemble.assemble(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_cache_folder_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.delenv("ANDROID_TOOLCHAIN", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    expected = tmp_path / "caches" / "photo-interests" / "android-toolchain"
    assert assemble.cache_folder() == expected
    monkeypatch.setenv("ANDROID_TOOLCHAIN", str(tmp_path / "mine"))
    assert assemble.cache_folder() == tmp_path / "mine"


def test_own_sdk_is_not_taken_for_a_real_one(tmp_path):
    assert not android_sdk.is_real_sdk(None)
    assert not android_sdk.is_real_sdk(str(tmp_path))
    platform = tmp_path / "platforms" / f"android-{android_sdk.API_LEVEL}"
    platform.mkdir(parents=True)
    (platform / "android.jar").touch()
    assert android_sdk.is_real_sdk(str(tmp_path))
    (tmp_path / android_sdk.MARK).touch()
    assert not android_sdk.is_real_sdk(str(tmp_path))


def test_jvm_options_can_be_replaced(monkeypatch, tmp_path):
    monkeypatch.setenv("GRADLE_JVM", "-Xmx9g -Dx=1")
    command = run_gradle.gradle_command(tmp_path, ["tasks"])
    assert {"-Xmx9g", "-Dx=1"} < set(command)
    assert command[-1] == "tasks"


@pytest.fixture
def project(tmp_path):
    """A copy of the toolchain in a project whose wrapper says how it was called."""
    folder = tmp_path / "project"
    sources = shutil.ignore_patterns("tests", "__pycache__")
    shutil.copytree(TOOLCHAIN, folder / "toolchain", ignore=sources)
    (folder / "gradlew").write_text('#!/bin/sh\necho "wrapper $*"\n')
    (folder / "gradlew").chmod(0o755)
    return folder


def run_launcher(project, tmp_path, **environment):
    return subprocess.run(
        [project / "toolchain" / "gradle", "assembleDebug"],
        env={
            "PATH": os.environ["PATH"],
            "ANDROID_TOOLCHAIN": str(tmp_path / "t"),
            **environment,
        },
        capture_output=True,
        text=True,
    )


def test_real_sdk_is_built_with_by_the_wrapper(project, tmp_path):
    platform = tmp_path / "sdk" / "platforms" / f"android-{android_sdk.API_LEVEL}"
    platform.mkdir(parents=True)
    (platform / "android.jar").touch()
    result = run_launcher(project, tmp_path, ANDROID_HOME=str(tmp_path / "sdk"))
    assert result.stdout == "wrapper assembleDebug\n"
    assert result.returncode == 0


def test_machine_without_maven_gets_one_clear_line(project, tmp_path):
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "python3").symlink_to(sys.executable)
    for name in ("bash", "dirname", "readlink", "java", "javac"):
        (tools / name).symlink_to(shutil.which(name))
    result = run_launcher(project, tmp_path, PATH=str(tools))
    assert result.returncode == 2
    assert result.stderr.startswith("toolchain: error: 'mvn' is not on PATH")
    assert "Traceback" not in result.stderr


def test_failed_tests_are_named_with_how_they_failed(tmp_path):
    results = tmp_path / "app" / "build" / "test-results" / "testDebugUnitTest"
    results.mkdir(parents=True)
    cases = {
        "opens": "",
        "zooms": '<failure message="expected 2, was 1&#10;more">at a.B</failure>',
        "shares": "<failure>gone&#10;at a.C</failure>",
    }
    report = "".join(
        f'<testcase classname="a.ViewerTest" name="{name}">{failure}</testcase>'
        for name, failure in cases.items()
    )
    (results / "TEST-a.xml").write_text(f"<testsuite>{report}</testsuite>")
    (results / "TEST-cut.xml").write_text("<testsuite>")
    named = list(failed_tests.failed_tests(tmp_path))
    assert named[:2] == [
        "app: a.ViewerTest.zooms: expected 2, was 1",
        "app: a.ViewerTest.shares: gone",
    ]
    assert named[2].startswith("app: TEST-cut.xml: expected a JUnit report")
