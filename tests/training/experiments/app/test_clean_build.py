import subprocess
from pathlib import Path

import pytest

from training.experiments.app.clean_build import time_clean_build


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "committed").touch()
    identity = ("-c", "user.name=a", "-c", "user.email=a@b")
    for words in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "a"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    (folder / "uncommitted").touch()
    return folder


def test_it_builds_what_is_committed_with_an_empty_home(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADLE_USER_HOME", "somewhere")
    script = (
        'test -e committed && test ! -e uncommitted && test -z "$(ls -A $HOME)" '
        '&& test -z "$GRADLE_USER_HOME" && '
        'case "$JAVA_TOOL_OPTIONS" in *=$HOME) true;; *) false;; esac'
    )
    assert 0 <= time_clean_build(repository, ["sh", "-ec", script])["minutes"] < 1


def test_a_failed_build_is_reported_with_its_last_words(repository: Path) -> None:
    with pytest.raises(ValueError, match=r"failed with\n(.|\n)*no such task"):
        time_clean_build(repository, ["sh", "-c", "echo no such task; exit 1"])
