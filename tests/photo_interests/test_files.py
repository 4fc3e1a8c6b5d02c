import os
import signal
import subprocess
import sys
import time

import pytest

from photo_interests.files import write_atomically


def test_written_whole(tmp_path):
    path = tmp_path / "report.html"
    write_atomically(path, "Käse")
    assert path.read_bytes() == "Käse".encode()
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["report.html"]


def test_new_file_has_usual_permissions(tmp_path):
    write_atomically(tmp_path / "a", b"")
    (tmp_path / "b").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_failed_write_leaves_the_old(tmp_path, monkeypatch):
    path = tmp_path / "report.html"
    path.write_text("old")

    def full_disk(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["report.html"]


def test_kill_while_writing_leaves_old_or_new(tmp_path):
    path = tmp_path / "report"
    contents = {b"a" * 10_000_000, b"b" * 10_000_000}
    path.write_bytes(b"a" * 10_000_000)
    writing = (
        "import sys, pathlib\n"
        "from photo_interests.files import write_atomically\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    for letter in b'ab':\n"
        "        content = bytes([letter]) * 10_000_000\n"
        "        write_atomically(pathlib.Path(sys.argv[1]), content)\n"
    )
    for attempt in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", writing, str(path)], stdout=subprocess.PIPE
        )
        with process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.05 + 0.013 * attempt)
            process.send_signal(signal.SIGKILL)
        assert path.read_bytes() in contents
