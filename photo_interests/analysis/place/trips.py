"""Trips: days away from where most of a person's photos are.

Home is found to know what is away from it, and appears in no output.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from photo_interests.analysis.place.place_finder import distance_km
from photo_interests.analysis.rows import PhotoRow, PlaceRow
from photo_interests.photos.position import Position

AWAY_KM = 100.0
MAXIMUM_GAP_DAYS = 2
MINIMUM_HOME_DAYS = 3


@dataclass(frozen=True)
class Trip:
    """Days in a row on which photos were taken away from home.

    Attributes:
        first: First day.
        last: Last day.
        place: The place of most of its photos.
        photos: Number of its photos that have a place.
    """

    first: date
    last: date
    place: PlaceRow
    photos: int


def find_trips(rows: Sequence[PhotoRow]) -> list[Trip]:
    """Find the trips in a person's photos.

    Args:
        rows: Rows of all photos; those without a place or a time say nothing.

    Returns:
        Trips, earliest first; none where no place has photos of enough days to be
        home.
    """
    days: dict[date, list[PlaceRow]] = defaultdict(list)
    for row in rows:
        if row.place is not None and row.taken is not None:
            days[row.taken.date()].append(row.place)
    home = _home(days)
    if home is None:
        return []
    away = {
        day: far
        for day, places in days.items()
        if (far := [place for place in places if _distance(place, home) > AWAY_KM])
        and len(far) == len(places)
    }
    return [_trip(run, away) for run in _runs(sorted(away), set(days) - set(away))]


def _home(days: dict[date, list[PlaceRow]]) -> PlaceRow | None:
    """The place with photos of most days."""
    seen: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], PlaceRow] = {}
    for places in days.values():
        for key, place in {_key(place): place for place in places}.items():
            seen[key] += 1
            example.setdefault(key, place)
    if not seen:
        return None
    key, number = seen.most_common(1)[0]
    return example[key] if number >= MINIMUM_HOME_DAYS else None


def _runs(away: list[date], at_home: set[date]) -> list[list[date]]:
    """Group days that are few days apart, without a day at home between them."""
    runs: list[list[date]] = []
    for day in away:
        last = runs[-1][-1] if runs else None
        if last is None or (day - last).days > 1 + MAXIMUM_GAP_DAYS:
            runs.append([day])
            continue
        between = (last + timedelta(n) for n in range(1, (day - last).days))
        if any(each in at_home for each in between):
            runs.append([day])
        else:
            runs[-1].append(day)
    return runs


def _trip(days: list[date], away: dict[date, list[PlaceRow]]) -> Trip:
    places = [place for day in days for place in away[day]]
    counts = Counter(map(_key, places))
    most = counts.most_common(1)[0][0]
    place = next(place for place in places if _key(place) == most)
    return Trip(days[0], days[-1], place, len(places))


def _key(place: PlaceRow) -> tuple[str, str]:
    return place.country, place.names["en"]


def _distance(first: PlaceRow, second: PlaceRow) -> float:
    return distance_km(
        Position(first.latitude, first.longitude),
        Position(second.latitude, second.longitude),
    )
