"""Which files of folders are read, and what is said about the others."""

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_interests.photos.find import (
    HIDDEN,
    LINKED_FOLDER,
    SAME_FILE,
    SYSTEM,
    find_photos,
)


@pytest.fixture
def folder(tmp_path):
    for name in ("b.jpg", "a.jpg", ".hidden.jpg", "z/c.jpg", "k/d", ".git/e.jpg"):
        path = tmp_path / "photos" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "photos"


def test_folder_is_searched_in_order(folder):
    names = [str(path.relative_to(folder)) for path in find_photos([folder]).files]
    assert names == ["a.jpg", "b.jpg", "k/d", "z/c.jpg"]


def test_many_folders_are_searched_in_order(tmp_path):
    names = [f"{letter}/photo" for letter in "pqonmlkjihgfedcba"]
    for name in names:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    found = [str(path.relative_to(tmp_path)) for path in find_photos([tmp_path]).files]
    assert found == sorted(names)


def test_file_stands_once_where_it_was_given(folder):
    found = find_photos([folder / "z" / "c.jpg", folder, folder / "a.jpg"]).files
    assert [path.name for path in found] == ["c.jpg", "a.jpg", "b.jpg", "d"]


def test_hidden_file_is_read_when_named(folder):
    assert find_photos([folder / ".hidden.jpg"]).files == (folder / ".hidden.jpg",)


def test_circular_link_ends(folder):
    (folder / "k" / "up").symlink_to(folder)
    assert len(find_photos([folder]).files) == 4


def test_missing_path_is_named(folder):
    with pytest.raises(FileNotFoundError, match="no such file or folder: .*absent"):
        find_photos([folder, folder / "absent"])


def touch(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(os.urandom(8))
    return path


def names(root, found):
    return sorted(path.relative_to(root).as_posix() for path in found.files)


@pytest.mark.parametrize(
    "name",
    [
        "@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg",
        "#recycle/a.jpg",
        "$RECYCLE.BIN/S-1-5/a.jpg",
        "Mine.photoslibrary/resources/derivatives/a.jpg",
        "Mine.photoslibrary/database/a.jpg",
        "Catalog Previews.lrdata/a.jpg",
        "System Volume Information/a.jpg",
        "Thumbs.db",
    ],
)
def test_copies_and_deleted_photos_are_excluded_and_counted(tmp_path, name):
    touch(tmp_path / name)
    touch(tmp_path / "Mine.photoslibrary/originals/0/b.heic")
    found = find_photos([tmp_path])
    assert names(tmp_path, found) == ["Mine.photoslibrary/originals/0/b.heic"]
    assert found.excluded == {SYSTEM: 1} and found.skipped == ()
    everything = find_photos([tmp_path], include_excluded=True)
    assert name in names(tmp_path, everything) and everything.excluded == {}
    assert names(tmp_path, find_photos([tmp_path / name])) != []  # given by name


def test_an_ordinary_folder_called_resources_is_searched(tmp_path):
    touch(tmp_path / "resources" / "a.jpg")
    assert names(tmp_path, find_photos([tmp_path])) == ["resources/a.jpg"]


def test_hard_links_and_links_count_once(folder):
    (folder / "k" / "copy.jpg").hardlink_to(folder / "a.jpg")
    (folder / "k" / "link.jpg").symlink_to(folder / "a.jpg")
    found = find_photos([folder])
    assert names(folder, found) == ["a.jpg", "b.jpg", "k/d", "z/c.jpg"]
    assert found.excluded == {HIDDEN: 2, SAME_FILE: 2}


def test_linked_folders_are_followed_once_if_asked(folder, tmp_path):
    touch(tmp_path / "elsewhere" / "e.jpg")
    for name in ("one", "two"):
        (folder / name).symlink_to(tmp_path / "elsewhere")
    (folder / "up").symlink_to(folder)
    assert find_photos([folder]).excluded[LINKED_FOLDER] == 3
    found = find_photos([folder], follow_links=True)
    assert "one/e.jpg" in names(folder, found) and len(found.files) == 5
    assert found.excluded == {HIDDEN: 2, SAME_FILE: 2}


def test_a_broken_link_is_named(folder):
    (folder / "gone.jpg").symlink_to(folder / "nowhere.jpg")
    (error,) = find_photos([folder]).skipped
    assert str(error).endswith("gone.jpg: cannot be opened: No such file or directory")


def test_a_path_that_is_too_long_is_named(tmp_path):
    depth = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=depth)
        deeper = os.open("d" * 250, os.O_RDONLY, dir_fd=depth)
        os.close(depth)
        depth = deeper
    os.close(depth)
    (error,) = find_photos([tmp_path]).skipped
    assert error.reason == "cannot be opened: File name too long"


def test_a_locked_folder_is_named():
    with _not_root(), tempfile.TemporaryDirectory() as root:
        touch(Path(root, "open", "a.jpg"))
        touch(Path(root, "locked", "b.jpg"))
        Path(root, "locked").chmod(0)
        try:
            found = find_photos([Path(root)])
        finally:
            Path(root, "locked").chmod(0o700)
    assert names(root, found) == ["open/a.jpg"]
    assert [str(error) for error in found.skipped] == [
        f"{root}/locked: cannot be opened: Permission denied"
    ]


@contextmanager
def _not_root():
    """Nothing is locked for root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


ENTRIES = st.recursive(
    st.sampled_from(["file", "copy", "broken link", "link up"]),
    lambda inner: st.dictionaries(
        st.sampled_from(
            ["a", "b", ".hidden", "@eaDir", "x.photoslibrary", "resources"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(ENTRIES, st.booleans(), st.booleans())
def test_everything_found_is_accounted_for(
    tmp_path_factory, tree, follow_links, include_excluded
):
    root = tmp_path_factory.mktemp("tree")
    original = touch(root / "original")
    _grow(root / "top", tree, original)
    found = find_photos([root], follow_links, include_excluded)
    folders, entries = _count(root, follow_links, include_excluded)
    accounted = len(found.files) + len(found.skipped) + sum(found.excluded.values())
    assert accounted == entries - folders
    inodes = [path.stat().st_ino for path in found.files]
    assert len(set(inodes)) == len(inodes)


def _grow(path, tree, original):
    match tree:
        case "file":
            touch(path)
        case "copy":
            path.hardlink_to(original)
        case "broken link":
            path.symlink_to("nowhere")
        case "link up":
            path.symlink_to("..")
        case _:
            path.mkdir()
            for name, inner in tree.items():
                _grow(path / name, inner, original)


def _count(root, follow_links, include_excluded):
    """Folders searched (but for the first), and all entries of searched ones."""
    waiting, entries, seen = [root], 0, set()
    while waiting:
        folder = waiting.pop()
        if folder.stat().st_ino in seen:
            continue
        seen.add(folder.stat().st_ino)
        for name in os.listdir(folder):
            entries += 1
            path = folder / name
            library = folder.name.endswith(".photoslibrary") and name == "resources"
            excluded = name.startswith(".") or name == "@eaDir" or library
            if excluded and not include_excluded:
                continue
            with suppress(OSError):
                if path.is_dir() and (follow_links or not path.is_symlink()):
                    waiting.append(path)
    return len(seen) - 1, entries
