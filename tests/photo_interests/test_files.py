import os
import signal
import subprocess
import sys
import time

import pytest

from photo_interests.files import find_photos, write_atomically


@pytest.fixture
def folder(tmp_path):
    for name in ("b.jpg", "a.jpg", ".hidden.jpg", "z/c.jpg", "k/d", ".git/e.jpg"):
        path = tmp_path / "photos" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "photos"


def test_folder_is_searched_in_order(folder):
    names = [str(path.relative_to(folder)) for path in find_photos([folder])]
    assert names == ["a.jpg", "b.jpg", "k/d", "z/c.jpg"]


def test_many_folders_are_searched_in_order(tmp_path):
    names = [f"{letter}/photo" for letter in "pqonmlkjihgfedcba"]
    for name in names:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    found = [str(path.relative_to(tmp_path)) for path in find_photos([tmp_path])]
    assert found == sorted(names)


def test_file_stands_once_where_it_was_given(folder):
    found = find_photos([folder / "z" / "c.jpg", folder, folder / "a.jpg"])
    assert [path.name for path in found] == ["c.jpg", "a.jpg", "b.jpg", "d"]


def test_hidden_file_is_read_when_named(folder):
    assert find_photos([folder / ".hidden.jpg"]) == [folder / ".hidden.jpg"]


def test_circular_link_ends(folder):
    (folder / "k" / "up").symlink_to(folder)
    assert len(find_photos([folder])) == 4


def test_missing_path_is_named(folder):
    with pytest.raises(FileNotFoundError, match="no such file or folder: .*absent"):
        find_photos([folder, folder / "absent"])


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
