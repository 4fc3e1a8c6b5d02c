import json
from pathlib import Path

import pytest

from photo_interests.analysis.place.place_finder import PlaceFinder, distance_km
from photo_interests.photos.position import Position

POINTS = json.loads(
    (Path(__file__).parents[2] / "contract" / "place_points.json").read_text()
)


def named(points):
    return {"argvalues": points, "ids": [point["point"] for point in points]}


@pytest.fixture(scope="module")
def finder(installed):
    return PlaceFinder(installed("place"))


@pytest.mark.parametrize("point", **named(POINTS["known"]))
def test_known_points(finder, point):
    row = finder.find(Position(point["latitude"], point["longitude"]))
    assert row.names | point["place"] == row.names
    assert row.country_names | point["country"] == row.country_names
    assert row.distance_km <= 30


@pytest.mark.parametrize("point", **named(POINTS["nowhere"]))
def test_nothing_far_from_any_place(finder, point):
    assert finder.find(Position(point["latitude"], point["longitude"])) is None


def test_distances():
    berlin, munich = Position(52.52, 13.405), Position(48.137, 11.575)
    assert distance_km(berlin, munich) == pytest.approx(504, abs=2)
    assert distance_km(Position(0, 179.9), Position(0, -179.9)) == pytest.approx(
        22.24, abs=0.1
    )
