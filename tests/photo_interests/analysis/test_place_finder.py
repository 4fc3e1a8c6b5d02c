import pytest

from photo_interests.analysis.place.place_finder import PlaceFinder, distance_km
from photo_interests.photos.position import Position

KNOWN = {
    "Puerta del Sol": (40.4169, -3.7035, "Madrid", "Spain"),
    "Brandenburg Gate": (52.5163, 13.3777, "Berlin", "Germany"),
    "Eiffel Tower": (48.8584, 2.2945, "Paris", "France"),
    "Marienplatz": (48.1374, 11.5755, "Munich", "Germany"),
    "Colosseum": (41.8902, 12.4922, "Rome", "Italy"),
    "Neuschwanstein": (47.5576, 10.7498, "Füssen", "Germany"),
    "Times Square": (40.7580, -73.9855, "New York City", "United States"),
    "Golden Gate Park": (37.7694, -122.4862, "San Francisco", "United States"),
    "Chapultepec": (19.4204, -99.1819, "Mexico City", "Mexico"),
    "CN Tower": (43.6426, -79.3871, "Toronto", "Canada"),
    "Christ the Redeemer": (-22.9519, -43.2105, "Rio de Janeiro", "Brazil"),
    "Obelisco": (-34.6037, -58.3816, "Buenos Aires", "Argentina"),
    "Plaza de Armas": (-13.5170, -71.9785, "Cusco", "Peru"),
    "Pyramids of Giza": (29.9792, 31.1342, "Giza", "Egypt"),
    "Table Mountain": (-33.9628, 18.4098, "Cape Town", "South Africa"),
    "Nairobi station": (-1.2864, 36.8172, "Nairobi", "Kenya"),
    "Jemaa el-Fnaa": (31.6258, -7.9891, "Marrakesh", "Morocco"),
    "Forbidden City": (39.9163, 116.3972, "Beijing", "China"),
    "Marina Bay": (1.2834, 103.8607, "Singapore", "Singapore"),
    "Gateway of India": (18.9220, 72.8347, "Mumbai", "India"),
    "Shibuya Crossing": (35.6595, 139.7005, "Shibuya", "Japan"),
    "Opera House": (-33.8568, 151.2153, "Sydney", "Australia"),
    "Sky Tower": (-36.8485, 174.7622, "Auckland", "New Zealand"),
    # Across a border, and a town beside a capital.
    "Konstanz": (47.6603, 9.1758, "Konstanz", "Germany"),
    "Kreuzlingen": (47.6500, 9.1750, "Kreuzlingen", "Switzerland"),
    "Getafe": (40.3083, -3.7327, "Getafe", "Spain"),
    "Versailles": (48.8049, 2.1204, "Versailles", "France"),
}
NOWHERE = {
    "Atlantic": (30, -40),
    "Pacific": (0, -140),
    "Bay of Biscay": (45, -5),
    "North Sea": (56, 3),
    "Tasman Sea": (-38, 160),
    "Mediterranean": (38, 6),
    "South Pole": (-90, 0),
    "Arctic Ocean": (85, 0),
    "date line": (10, 180),
}


@pytest.fixture(scope="module")
def finder(installed):
    return PlaceFinder(installed("place"))


@pytest.mark.parametrize("name", KNOWN)
def test_known_points(finder, name):
    latitude, longitude, place, country = KNOWN[name]
    row = finder.find(Position(latitude, longitude))
    assert (row.names["en"], row.country_names["en"]) == (place, country)
    assert row.distance_km <= 30


@pytest.mark.parametrize("name", NOWHERE)
def test_nothing_far_from_any_place(finder, name):
    assert finder.find(Position(*NOWHERE[name])) is None


def test_names_in_german(finder):
    row = finder.find(Position(48.1374, 11.5755))
    assert (row.names["de"], row.country_names["de"]) == ("München", "Deutschland")
    row = finder.find(Position(-33.9628, 18.4098))
    assert (row.names["de"], row.country_names["de"]) == ("Kapstadt", "Südafrika")


def test_distances():
    berlin, munich = Position(52.52, 13.405), Position(48.137, 11.575)
    assert distance_km(berlin, munich) == pytest.approx(504, abs=2)
    assert distance_km(Position(0, 179.9), Position(0, -179.9)) == pytest.approx(
        22.24, abs=0.1
    )
