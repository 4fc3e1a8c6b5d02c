"""The name of the place that a position belongs to, without a network."""

from pathlib import Path

import numpy as np

from photo_interests.analysis.card import load_analyzer
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.place.places_file import read_places
from photo_interests.analysis.rows import PlaceRow
from photo_interests.photos.position import Position

EARTH_RADIUS_KM = 6371.0
NAME = "place"


class PlaceFinder:
    """Names the place nearest to a position, in favour of larger places.

    A place of p people reaches about sqrt(p) as far as a place of one: area grows with
    population. So the distance is divided by that, and a photo in a city has the
    city's name and not that of the quarter or village whose middle is nearer.
    """

    def __init__(self, folder: Path) -> None:
        """Read the places.

        Args:
            folder: Folder with the analyzer's card and file.

        Raises:
            CardError: The card is invalid, or the file differs from it.
        """
        card = load_analyzer(folder, NAME)
        self._limit_km = card.thresholds["distance_km"]
        self._places = read_places(folder / card.model)

    def __call__(self, photo: DecodedPhoto) -> PlaceRow | None:
        """Name the place where a photo was taken."""
        return None if photo.position is None else self.find(photo.position)

    def find(self, position: Position) -> PlaceRow | None:
        """Name a place.

        Args:
            position: A point on Earth.

        Returns:
            The place; None where none is near, such as at sea.
        """
        band = np.degrees(self._limit_km / EARTH_RADIUS_KM)
        latitudes = self._places.latitudes
        first = int(np.searchsorted(latitudes, position.latitude - band))
        last = int(np.searchsorted(latitudes, position.latitude + band, "right"))
        if first == last:
            return None
        distances = _distances_km(
            position, latitudes[first:last], self._places.longitudes[first:last]
        )
        reach = np.sqrt(self._places.populations[first:last])
        costs = np.where(distances <= self._limit_km, distances / reach, np.inf)
        best = int(np.argmin(costs))
        if not np.isfinite(costs[best]):
            return None
        return self._row(first + best, position, float(distances[best]))

    def _row(self, index: int, position: Position, distance_km: float) -> PlaceRow:
        places = self._places
        country = int(places.countries[index])
        names = {"en": places.names[index]} | places.other_names.get(index, {})
        return PlaceRow(
            position.latitude,
            position.longitude,
            names,
            places.country_codes[country],
            places.country_names[country],
            distance_km,
        )


def distance_km(first: Position, second: Position) -> float:
    """Return the distance of two points on Earth.

    Args:
        first: A point.
        second: Another point.
    """
    longitude = np.array([second.longitude])
    return float(_distances_km(first, np.array([second.latitude]), longitude)[0])


def _distances_km(
    position: Position, latitudes: np.ndarray, longitudes: np.ndarray
) -> np.ndarray:
    """Distances on a sphere, by the haversine formula."""
    here = np.radians(np.array(position, np.float64))
    there = np.radians(latitudes.astype(np.float64))
    across = np.radians(longitudes.astype(np.float64)) - here[1]
    part = np.sin((there - here[0]) / 2) ** 2
    part += np.cos(here[0]) * np.cos(there) * np.sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1, part)))
