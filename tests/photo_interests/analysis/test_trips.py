import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from photo_interests.analysis.place.trips import find_trips
from photo_interests.analysis.rows import PhotoRow, PlaceRow

MUNICH = ("Munich", "DE", 48.137, 11.575)
AUGSBURG = ("Augsburg", "DE", 48.371, 10.898)
MADRID = ("Madrid", "ES", 40.416, -3.703)
TOLEDO = ("Toledo", "ES", 39.858, -4.024)
START = datetime(2024, 8, 1, 12)


def photo(day: int, place):
    name, country, latitude, longitude = place
    found = PlaceRow(latitude, longitude, {"en": name}, country, {"en": country}, 1.0)
    return PhotoRow(Path("a.jpg"), START + timedelta(days=day), found)


def trips(*photos):
    return [
        (trip.place.names["en"], trip.first, trip.last, trip.photos)
        for trip in find_trips(photos)
    ]


HOME = [photo(day, MUNICH) for day in (0, 1, 2, 3, 20, 21)]


def test_days_away_are_a_trip_named_after_most_of_its_photos():
    away = [photo(8, MADRID), photo(8, MADRID), photo(9, TOLEDO), photo(11, MADRID)]
    expected = ("Madrid", date(2024, 8, 9), date(2024, 8, 12), 4)
    assert trips(*HOME, *away) == [expected]


def test_a_day_at_home_parts_two_trips():
    away = [photo(18, MADRID), photo(22, MADRID)]
    assert [trip[1:3] for trip in trips(*HOME, *away)] == [
        (date(2024, 8, 19), date(2024, 8, 19)),
        (date(2024, 8, 23), date(2024, 8, 23)),
    ]


def test_a_neighbouring_town_is_no_trip():
    assert trips(*HOME, photo(8, AUGSBURG)) == []


def test_no_home_no_trip():
    assert trips(photo(0, MUNICH), photo(1, MADRID), photo(2, TOLEDO)) == []
    assert trips() == []


def test_home_is_in_no_trip():
    names = {name for name, *_ in trips(*HOME, photo(8, MADRID))}
    assert names == {"Madrid"}


CONTRACT = json.loads(
    (Path(__file__).parents[2] / "contract" / "trips.json").read_text()
)


@pytest.mark.parametrize("case", CONTRACT["cases"], ids=lambda case: case["name"])
def test_shared_trips(case):
    rows = [
        PhotoRow(
            Path("a.jpg"),
            datetime.fromisoformat(f"{day}T12:00"),
            PlaceRow(
                CONTRACT["places"][name]["latitude"],
                CONTRACT["places"][name]["longitude"],
                {"en": name},
                CONTRACT["places"][name]["country"],
                {"en": CONTRACT["places"][name]["country"]},
                1.0,
            ),
        )
        for day, name, photos in case["days"]
        for _ in range(photos)
    ]
    assert [
        {
            "place": trip.place.names["en"],
            "first": str(trip.first),
            "last": str(trip.last),
            "photos": trip.photos,
        }
        for trip in find_trips(rows)
    ] == case["trips"]
