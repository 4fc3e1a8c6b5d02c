"""Outputs: checked first; only the named regular file is ever replaced."""

import os
import stat
import subprocess
import threading
from pathlib import Path

import pytest
from rich.table import Table

from photo_interests.output_file import OutputFile
from photo_interests.reports.outputs import Outputs
from tests.photo_interests.drawn import busy, encoded


def written(path, content="new"):
    OutputFile.check(path).write(content)


def test_a_file_is_created_and_replaced(tmp_path):
    path = tmp_path / "page.html"
    for content in ("one", "two"):
        written(path, content)
        assert path.read_text() == content
    assert os.listdir(tmp_path) == ["page.html"]


def test_checking_changes_nothing(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")
    OutputFile.check(path)
    OutputFile.check(tmp_path / "other.html")
    assert path.read_text() == "old" and os.listdir(tmp_path) == ["page.html"]


def test_a_link_stays_one(tmp_path):
    for name in ("old.html", "missing.html"):
        link = tmp_path / f"link-{name}"
        link.symlink_to(tmp_path / name)
        written(link)
        assert link.is_symlink() and (tmp_path / name).read_text() == "new"


def test_a_pipe_is_written_into(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    written(pipe)
    reader.join()
    assert read == ["new"] and stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_written_into(tmp_path):
    device = tmp_path / "null"
    os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
    try:
        written(device)
    except ValueError as error:  # a file system that is mounted without devices
        assert "Permission denied" in str(error)
    assert stat.S_ISCHR(device.stat().st_mode)


def test_what_a_process_has_open_is_written_into(tmp_path):
    path = tmp_path / "open.txt"
    with path.open("w") as file:
        inode = path.stat().st_ino
        written(Path(f"/dev/fd/{file.fileno()}"))
    assert path.read_text() == "new" and path.stat().st_ino == inode


def test_a_shell_substitution_is_written_into(project_root, tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from photo_interests.output_file import OutputFile\n"
        "OutputFile.check(Path(sys.argv[1])).write('new')"
    )
    (tmp_path / "code.py").write_text(code)
    command = f"'{os.sys.executable}' code.py >(cat >out.txt); sleep 0.1; wait"
    environment = {**os.environ, "PYTHONPATH": str(project_root)}
    subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "out.txt").read_text() == "new"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "GIF", "BMP", "TIFF"])
def test_a_photo_is_never_overwritten(tmp_path, kind):
    path = tmp_path / "holiday"
    path.write_bytes(encoded(busy(60, 40), kind))
    before = path.read_bytes()
    with pytest.raises(ValueError, match="holiday: .* received a photo"):
        OutputFile.check(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_table_is_never_overwritten(tmp_path, suffix):
    (tmp_path / f"products.{suffix}").write_text("picture\n")
    with pytest.raises(ValueError, match=f"products.{suffix}: .* received a table"):
        OutputFile.check(tmp_path / f"products.{suffix}")


def test_long_names_work_as_far_as_names_can_be_long(tmp_path):
    written(tmp_path / ("n" * 255))
    with pytest.raises(ValueError, match="cannot be written: File name too long"):
        OutputFile.check(tmp_path / ("n" * 256))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent/a.html", "cannot be written: No such file or directory"),
        ("file/a.html", "cannot be written: Not a directory"),
        ("folder", "expected a file to write, received a folder"),
    ],
)
def test_what_cannot_be_written_is_named_first(tmp_path, name, reason):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(ValueError, match=reason):
        OutputFile.check(tmp_path / name)


def test_a_page_and_json_are_two_files(tmp_path):
    with pytest.raises(ValueError, match="expected two files"):
        Outputs.open(tmp_path / "a", tmp_path / "a")
    with pytest.raises(ValueError, match="expected a file, received standard output"):
        Outputs.open(Path("-"), None)


def test_only_what_is_asked_for_is_made(tmp_path, capsysbinary):
    def never():
        raise AssertionError("not asked for")

    Outputs.open(None, Path("-")).write(never, lambda: b'{"a": "\xc3\xa4"}', never)
    assert capsysbinary.readouterr().out == b'{"a": "\xc3\xa4"}'
    Outputs.open(tmp_path / "a.html", None).write(Table, never, lambda: "page")
    assert (tmp_path / "a.html").read_text() == "page"


def test_what_an_open_file_holds_is_kept(tmp_path):
    log = tmp_path / "log"
    log.write_text("of earlier commands\n")
    with log.open("a") as file:  # as a shell's >> opens it
        written(Path(f"/dev/fd/{file.fileno()}"))
    assert log.read_text() == "of earlier commands\nnew"


@pytest.mark.parametrize("option", ["html", "json"])
def test_a_table_is_not_printed_over_another_output(project_root, tmp_path, option):
    code = (
        "import sys; from pathlib import Path\n"
        "from rich.table import Table\n"
        "from photo_interests.reports.outputs import Outputs\n"
        "files = {'html': None, 'json': None, sys.argv[1]: Path('/dev/stdout')}\n"
        "page, data = '<p>content</p>', b'<p>content</p>'\n"
        "Outputs.open(**files).write(lambda: Table('a'), lambda: data, lambda: page)"
    )
    environment = {**os.environ, "PYTHONPATH": str(project_root)}
    with (tmp_path / "out").open("w") as file:
        subprocess.run(
            [os.sys.executable, "-c", code, option],
            stdout=file,
            env=environment,
            check=True,
        )
    assert (tmp_path / "out").read_text() == "<p>content</p>"


def test_two_outputs_are_not_both_printed():
    with pytest.raises(ValueError, match="expected two files"):
        Outputs.open(Path("/dev/stdout"), Path("-"))
