import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from photo_interests.files import recover, replacing

SCRIPT = Path(__file__).parent / "replace_forever.py"
FILES = 4


def write(folder: Path, text: str) -> None:
    for number in range(FILES):
        (folder / f"{number}.txt").write_text(text)


def read_version(folder: Path) -> str:
    """The one version that all files of a whole folder have."""
    contents = {path.name: path.read_text() for path in folder.iterdir()}
    assert len(contents) == FILES
    assert len(set(contents.values())) == 1
    return contents["0.txt"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_replaces_the_whole_folder(tmp_path):
    target = tmp_path / "bundle"
    for version in ("1", "2", "3"):
        with replacing(target) as building:
            write(building, version)
        assert read_version(target) == version
    assert names(tmp_path) == ["bundle"]
    assert target.stat().st_mode & 0o777 == 0o755


def test_a_failure_leaves_the_old_folder(tmp_path):
    target = tmp_path / "bundle"
    with replacing(target) as building:
        write(building, "old")
    with pytest.raises(RuntimeError), replacing(target) as building:
        (building / "0.txt").write_text("new")
        raise RuntimeError
    assert read_version(target) == "old"
    assert names(tmp_path) == ["bundle"]


def test_recovers_from_a_kill_between_two_steps(tmp_path):
    target = tmp_path / "bundle"
    aside = tmp_path / ".bundle.old"
    aside.mkdir()
    write(aside, "old")
    recover(target)
    assert read_version(target) == "old"
    assert names(tmp_path) == ["bundle"]


def test_recovers_from_a_kill_after_both_steps(tmp_path):
    target, aside = tmp_path / "bundle", tmp_path / ".bundle.old"
    for folder, version in ((target, "new"), (aside, "old")):
        folder.mkdir()
        write(folder, version)
    recover(target)
    assert read_version(target) == "new"
    assert names(tmp_path) == ["bundle"]


def test_two_exports_at_once(tmp_path):
    with replacing(tmp_path / "bundle"):
        with pytest.raises(BlockingIOError, match="another process"):
            with replacing(tmp_path / "bundle"):
                pass


@pytest.mark.parametrize("kills", [15, pytest.param(300, marks=pytest.mark.long)])
def test_killed_at_any_moment_the_folder_is_whole(tmp_path, project_root, kills):
    target = tmp_path / "bundle"
    command = [sys.executable, str(SCRIPT), str(target)]
    environment = {**os.environ, "PYTHONPATH": str(project_root)}
    moment = random.Random(0)
    seen = set()
    for _ in range(kills):
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            process.stdout.readline()
            time.sleep(moment.uniform(0, 0.15))
            process.send_signal(signal.SIGKILL)
        recover(target)  # as the next replacement does first
        seen.add(read_version(target))
    assert len(seen) > 1
    with replacing(target) as building:
        write(building, "last")
    assert read_version(target) == "last"
    assert names(tmp_path) == ["bundle"]
