"""Which files of folders are read, and what is said about the others."""

import pytest

from photo_interests.photos.find import find_photos


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
