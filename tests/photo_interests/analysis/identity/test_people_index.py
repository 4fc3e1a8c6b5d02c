import sqlite3
import stat
from pathlib import Path

import numpy as np
import pytest

from photo_interests.analysis.identity import people_store
from photo_interests.analysis.identity.people_index import PeopleIndex
from photo_interests.analysis.identity.people_store import (
    FILE,
    TAG,
    opened,
    switch_off,
    switch_on,
)
from tests.photo_interests.analysis.identity.stored_faces import THRESHOLDS, embedded


@pytest.fixture
def folder(tmp_path):
    switch_on(tmp_path / "people")
    return tmp_path / "people"


def change(folder, action, model="a"):
    with opened(folder) as database:
        return action(PeopleIndex(database, THRESHOLDS, model))


def scan(folder, photos):
    """Stores photos, named by their number, with the people on them."""

    def add(index):
        for number, people in photos.items():
            faces = [embedded(one, number) for one in people]
            index.add(Path(f"/{number}.jpg"), "1", faces)
        index.regroup()

    change(folder, add)


def listed(folder):
    people = change(folder, lambda index: index.people())
    return {
        one.id: (one.name, [int(path.stem) for path in one.photos]) for one in people
    }


PHOTOS = {1: [10], 2: [10, 20], 3: [20], 4: [10], 5: [30]}


def test_faces_of_a_person_become_a_group(folder):
    scan(folder, PHOTOS)
    groups = sorted(photos for _, photos in listed(folder).values())
    assert groups == [[1, 2, 4], [2, 3], [5]]
    assert list(listed(folder).values())[0] == (None, [1, 2, 4])


def test_groups_keep_their_number_as_photos_come(folder):
    scan(folder, PHOTOS)
    before = listed(folder)
    scan(folder, {6: [20], 7: [10, 40]})
    after = listed(folder)
    assert {one: after[one][1][:2] for one in before} == {
        one: photos[:2] for one, (_, photos) in before.items()
    }
    assert sorted(photos for _, photos in after.values()) == [
        [1, 2, 4, 7], [2, 3, 6], [5], [7]
    ]  # fmt: skip


def test_a_name_stays_and_the_group_takes_new_faces_in(folder):
    scan(folder, PHOTOS)
    first = next(iter(listed(folder)))
    change(folder, lambda index: index.name(first, "Ada"))
    scan(folder, {8: [10]})
    assert listed(folder)[first] == ("Ada", [1, 2, 4, 8])


def test_merged_groups_stay_merged_and_keep_a_name(folder):
    scan(folder, PHOTOS)
    first, second, third = listed(folder)
    change(folder, lambda index: index.name(second, "Ada"))
    change(folder, lambda index: index.merge(first, [second, third, first]))
    scan(folder, {9: [30]})
    assert listed(folder) == {first: ("Ada", [1, 2, 3, 4, 5, 9])}


def test_split_groups_stay_apart_though_their_faces_are_near(folder):
    scan(folder, PHOTOS)
    first = next(iter(listed(folder)))
    moved = [Path("/4.jpg"), Path("/2.jpg")]
    new = change(folder, lambda index: index.split(first, moved))
    scan(folder, {6: [50]})
    assert listed(folder)[first] == (None, [1])
    assert listed(folder)[new] == (None, [2, 4])
    with pytest.raises(ValueError, match=r"expected some of the 1 faces .* received 0"):
        change(folder, lambda index: index.split(first, moved))


def test_a_forgotten_group_is_gone_and_stays_so(folder):
    scan(folder, PHOTOS)
    first = next(iter(listed(folder)))
    change(folder, lambda index: index.name(first, "Ada"))
    numbers = embedded(10, 1).embedding.astype("<f2").tobytes()
    assert numbers in (folder / FILE).read_bytes()
    assert b"Ada" in (folder / FILE).read_bytes()
    change(folder, lambda index: index.forget(first))
    change(folder, lambda index: index.regroup())
    assert sorted(photos for _, photos in listed(folder).values()) == [[2, 3], [5]]
    content = (folder / FILE).read_bytes()
    assert numbers not in content and b"Ada" not in content
    photo = Path("/1.jpg")
    assert change(folder, lambda index: index.unread({photo: "1"})) == []


def test_photos_are_read_once_unless_they_change(folder):
    scan(folder, PHOTOS)
    signatures = {Path("/1.jpg"): "1", Path("/2.jpg"): "2", Path("/9.jpg"): "1"}
    unread = change(folder, lambda index: index.unread(signatures))
    assert unread == [Path("/2.jpg"), Path("/9.jpg")]
    scan(folder, {2: [30]})
    assert sorted(photos for _, photos in listed(folder).values()) == [
        [1, 4], [2, 5], [3]
    ]  # fmt: skip


def test_faces_of_photos_that_are_gone_from_a_folder_are_deleted(folder, tmp_path):
    photo = tmp_path / "1.jpg"
    photo.touch()
    here, elsewhere = [tmp_path], [tmp_path / "other"]

    def add(index):
        for path in (photo, tmp_path / "2.jpg"):
            index.add(path, "1", [embedded(10, int(path.stem))])
        index.drop_missing(here)
        index.regroup()

    change(folder, add)
    assert list(listed(folder).values()) == [(None, [1])]
    photo.unlink()
    change(folder, lambda index: (index.drop_missing(elsewhere), index.regroup()))
    assert list(listed(folder).values()) == [(None, [1])]
    change(folder, lambda index: (index.drop_missing(here), index.regroup()))
    assert listed(folder) == {}


def test_stored_sums_are_those_of_the_faces(folder, tmp_path):
    scan(folder, PHOTOS)
    first, second, *_ = listed(folder)
    change(folder, lambda index: index.split(first, [Path("/4.jpg")]))
    change(folder, lambda index: index.forget(second))
    scan(folder, {1: [30, 10], 6: [10]})
    change(folder, lambda index: (index.drop_missing([Path("/")]), index.regroup()))
    scan(folder, PHOTOS)
    scan(folder, {2: [40], 7: [10]})
    with opened(folder) as database:
        rows = database.execute("SELECT id, count, squares, sum FROM clusters")
        for cluster, count, squares, total in rows.fetchall():
            faces = database.execute(
                "SELECT embedding FROM faces WHERE cluster = ?", (cluster,)
            ).fetchall()
            numbers = np.stack([np.frombuffer(one, "<f2") for (one,) in faces])
            expected = numbers.astype(np.float32)
            assert count == len(faces)
            assert squares == pytest.approx((expected**2).sum(), rel=1e-5)
            received = np.frombuffer(total, "<f4")
            assert received == pytest.approx(expected.sum(axis=0), abs=1e-4)


def test_numbers_of_another_network_are_not_compared(folder):
    scan(folder, PHOTOS)
    assert change(folder, lambda index: index.people(), model="b") == []
    assert listed(folder) == {}


def test_an_error_changes_nothing(folder):
    scan(folder, PHOTOS)
    before = listed(folder)
    first, *_ = before

    def fail(index):
        index.forget(first)
        index.name(99, "Nobody")

    with pytest.raises(ValueError, match="group: expected one that is listed"):
        change(folder, fail)
    assert listed(folder) == before


def test_only_the_owner_reads_and_backups_leave_it_out(folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    tag = (folder / TAG).read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_switching_off_deletes_everything(folder):
    scan(folder, PHOTOS)
    switch_off(folder)
    assert not folder.exists()
    switch_off(folder)
    with pytest.raises(
        FileNotFoundError, match="switched off: `photo-interests people"
    ):
        listed(folder)
    switch_on(folder)
    assert listed(folder) == {}


def test_switching_on_again_keeps_what_is_there(folder):
    scan(folder, PHOTOS)
    before = listed(folder)
    switch_on(folder)
    assert listed(folder) == before


def test_a_file_of_another_version_is_refused_and_can_be_deleted(folder):
    with sqlite3.connect(folder / FILE) as database:
        database.execute("PRAGMA user_version = 1")
    with (
        pytest.raises(ValueError, match=r"expected format 2, received 1.*people off"),
        opened(folder),
    ):
        pass
    switch_on(folder)
    with pytest.raises(ValueError, match="received 1"), opened(folder):
        pass
    switch_off(folder)
    switch_on(folder)
    with opened(folder) as database:
        assert not database.execute("SELECT * FROM faces").fetchall()


def test_the_folder_is_in_the_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert people_store.people_folder() == tmp_path / "photo-interests" / "people"


def test_embeddings_are_stored_nearly_as_they_are(folder):
    face = embedded(10, 1)
    change(folder, lambda index: index.add(Path("/1.jpg"), "1", [face]))
    with opened(folder) as database:
        ((stored,),) = database.execute("SELECT embedding FROM faces").fetchall()
    values = np.frombuffer(stored, "<f2")
    assert values == pytest.approx(face.embedding, abs=1e-3)
