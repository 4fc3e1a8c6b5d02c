from pathlib import Path

from photo_interests.analysis.identity.groups import group_people
from photo_interests.analysis.rows import GroupedFace, PhotoRow
from tests.photo_interests.analysis.identity.stored_faces import THRESHOLDS, embedded


def row(number, *people):
    faces = tuple(embedded(one, number, left=one / 10) for one in people)
    return PhotoRow(Path(f"{number}.jpg"), identity=faces)


def numbers(row):
    return [(face.group, round(face.box.left * 10)) for face in row.same_person]


def test_people_on_several_photos_are_numbered():
    rows = [row(0, 1), row(1, 2, 3), row(2, 3), row(3, 3, 1), row(4)]
    found = group_people(rows, THRESHOLDS)
    assert [numbers(one) for one in found] == [
        [(2, 1)], [(1, 3)], [(1, 3)], [(1, 3), (2, 1)], []
    ]  # fmt: skip
    assert isinstance(found[0].same_person[0], GroupedFace)


def test_the_numbers_of_faces_are_dropped():
    for one in group_people([row(0, 1), row(1, 1), row(2)], THRESHOLDS):
        assert one.identity is None


def test_twice_on_one_photo_is_on_one_photo():
    (found,) = group_people([row(0, 1, 1)], THRESHOLDS)
    assert found.same_person == ()
    (found,) = group_people([row(0)], THRESHOLDS)
    assert found.same_person == ()
