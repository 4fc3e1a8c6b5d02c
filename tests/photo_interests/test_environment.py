"""Whatever surrounds the command: a result, or one sentence; never a traceback."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import photo_interests
from tests.photo_interests.drawn import busy, encoded, repeated_scans

ROOT = Path(photo_interests.__file__).parent.parent
COMMAND = [sys.executable, "-m", "photo_interests"]


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("environment") / "photos"
    folder.mkdir()
    for index in range(3):
        path = folder / f"{index}.jpg"
        path.write_bytes(encoded(busy(120, 90, seed=index), "JPEG"))
    return folder


def run(*arguments, environment=(), **options):
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        env={**variables, **dict(environment)},
        timeout=300,
        **options,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    assert b"unexpected" not in done.stderr, done.stderr.decode(errors="replace")
    return done


def assert_predicted(done):
    assert done.returncode == 0, done.stderr
    assert b"3 photos read" in done.stdout


def assert_refused(done, *reasons):
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(b"Error: ") and done.stderr.count(b"\n") == 1
    assert any(reason in done.stderr for reason in reasons), done.stderr


@pytest.mark.parametrize("length", [40, 110, 200])
def test_long_folder_for_temporary_files(tiny_bundle, photos, tmp_path, length):
    folder = tmp_path / ("t" * length)
    folder.mkdir()
    variables = {"TMPDIR": str(folder)}
    assert_predicted(
        run("predict", photos, "--bundle", tiny_bundle, environment=variables)
    )
    assert not any(folder.iterdir())


def test_no_folder_for_temporary_files(tiny_bundle, photos):
    code = (
        "import tempfile, sys\n"
        "def none(): raise FileNotFoundError(2, 'No usable temporary directory')\n"
        "tempfile.gettempdir = tempfile._get_default_tempdir = none\n"
        "from photo_interests.__main__ import main\n"
        "if __name__ == '__main__': main()\n"
    )
    program = photos.parent / "program.py"
    program.write_text(code)
    done = subprocess.run(
        [sys.executable, program, "predict", photos, "--bundle", tiny_bundle],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert_predicted(done)


def test_no_semaphores(tiny_bundle, photos):
    """As where /dev/shm is read-only or full."""
    program = photos.parent / "semaphores.py"
    program.write_text(
        "import _multiprocessing\n"
        "def none(*_): raise OSError(30, 'Read-only file system')\n"
        "_multiprocessing.SemLock = none\n"
        "from photo_interests.__main__ import main\n"
        "if __name__ == '__main__': main()\n"
    )
    done = subprocess.run(
        [sys.executable, program, "predict", photos, "--bundle", tiny_bundle],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert_predicted(done)


def test_a_working_directory_that_was_deleted(tiny_bundle, photos, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    arguments = f"predict '{photos}' --bundle '{tiny_bundle}'"
    done = subprocess.run(
        ["bash", "-c", f"rmdir '{gone}'; exec '{sys.executable}' -m photo_interests "
         f"{arguments}"],
        cwd=gone,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert_refused(done, b"the working directory no longer exists")


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_a_terminal_of_another_encoding(tiny_bundle, photos, encoding):
    variables = {"PYTHONIOENCODING": encoding}
    arguments = ("predict", photos, "--bundle", tiny_bundle, "--threshold", 0)
    assert_predicted(run(*arguments, environment=variables))
    done = run(*arguments, "--json", "-", environment=variables)
    assert len(json.loads(done.stdout.decode("utf-8"))["photos"]) == 3


def test_a_reader_that_has_seen_enough(tiny_bundle, photos):
    command = f"'{sys.executable}' -m photo_interests predict --help | head -c 1"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stderr == b""


def test_no_folder_for_the_cache(tiny_bundle, photos, tmp_path):
    (tmp_path / "file").touch()
    variables = {"XDG_CACHE_HOME": str(tmp_path / "file" / "cache")}
    done = run("recommend", photos, "--catalogue", photos, "--bundle", tiny_bundle,
               environment=variables)  # fmt: skip
    assert_refused(done, b"Not a directory")


@pytest.mark.parametrize(
    "arguments",
    [
        ["predict", "--no-such-option"],
        ["predict", "photos", "--top", "none"],
        ["no-such-command"],
        ["catalogue", "nowhere", "--out", "a.catalogue"],
        ["recommend", "photos"],
        ["predict", "photos", "--bundle", "no-such-bundle"],
    ],
)
def test_wrong_options_are_one_sentence(photos, arguments):
    done = run(*arguments, cwd=photos.parent)
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: "), done.stderr


LIMITS = st.fixed_dictionaries(
    {},
    optional={
        resource.RLIMIT_NOFILE: st.sampled_from([16, 64]),
        resource.RLIMIT_FSIZE: st.sampled_from([0, 100]),
        resource.RLIMIT_CORE: st.just(0),
        resource.RLIMIT_STACK: st.just(1_000_000),
    },
)
VARIABLES = st.fixed_dictionaries(
    {},
    optional={
        "TMPDIR": st.sampled_from(["/nonexistent", "/proc", "relative"]),
        "HOME": st.sampled_from(["", "/nonexistent", "/proc"]),
        "LANG": st.sampled_from(["C", "tr_TR.UTF-8", "nonsense"]),
        "LC_ALL": st.sampled_from(["C", "POSIX"]),
        "PYTHONIOENCODING": st.sampled_from(["ascii", "cp1252", "latin-1"]),
        "COLUMNS": st.sampled_from(["1", "0", "many"]),
        "TERM": st.sampled_from(["dumb", "", "nonsense"]),
    },
)


@pytest.mark.slow
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(variables=VARIABLES, limits=LIMITS, out=st.booleans())
def test_any_environment(tiny_bundle, photos, tmp_path, variables, limits, out):
    def limit():
        for kind, value in limits.items():
            resource.setrlimit(kind, (value, value))

    options = ["--html", tmp_path / "a.html"] if out else []
    done = run(
        "predict", photos, "--bundle", tiny_bundle, *options,
        environment=variables, preexec_fn=limit, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode in (0, 2), done.stderr
    if done.returncode == 2:
        assert b"Error: " in done.stderr


def interrupted(*arguments, after, times, **options):
    """Runs a command and sends Ctrl-C to its group, as a terminal does."""
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        **options,
    )
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        for _ in range(times):
            os.killpg(process.pid, signal.SIGINT)
            time.sleep(0.02)
    output, errors = process.communicate(timeout=120)
    return process.returncode, output, errors


@pytest.fixture(scope="module")
def slow_photos(tmp_path_factory):
    """Each takes minutes, if it is let."""
    folder = tmp_path_factory.mktemp("slow")
    content = repeated_scans(times=8000)
    for index in range(4):
        (folder / f"{index}.jpg").write_bytes(content)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("command", ["predict", "catalogue", "recommend"])
def test_interrupt_at_any_moment(tiny_bundle, slow_photos, photos, tmp_path, command):
    """Each wait ends in Ctrl-C: nothing here could end by itself."""
    arguments = {
        "predict": ["predict", slow_photos],
        "catalogue": ["catalogue", slow_photos, "--out", tmp_path / "a.catalogue"],
        "recommend": ["recommend", photos, "--catalogue", slow_photos],
    }[command]
    arguments += ["--bundle", tiny_bundle, "--time-limit", 100_000]
    moments = random.Random(command)
    for times in (1, 1, 1, 3):
        code, output, errors = interrupted(
            *arguments, after=moments.uniform(0.3, 5), times=times, cwd=tmp_path
        )
        # Python itself dies of the signal until it has begun to run the command.
        assert code in (130, -signal.SIGINT), errors
        if code == 130:
            assert errors == b"Stopped.\n"
        assert output == b"" and os.listdir(tmp_path) == []
