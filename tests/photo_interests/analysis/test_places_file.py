import numpy as np
import pytest

from photo_interests.analysis.place.places_file import (
    Places,
    places_bytes,
    read_places,
)


def places(latitudes=(-33.9, 48.1)):
    return Places(
        np.array(latitudes, np.float32),
        np.array([18.4, 11.6], np.float32),
        np.array([433_688, 1_505_005], np.float32),
        np.array([1, 0], np.uint8),
        ("Cape Town", "Munich"),
        {1: {"de": "München"}},
        ("DE", "ZA"),
        ({"en": "Germany"}, {"en": "South Africa"}),
    )


def test_places_come_back(tmp_path):
    path = tmp_path / "places.bin"
    path.write_bytes(places_bytes(places()))
    read = read_places(path)
    np.testing.assert_allclose(read.latitudes, (-33.9, 48.1), atol=0.003)
    np.testing.assert_allclose(read.longitudes, (18.4, 11.6), atol=0.006)
    np.testing.assert_allclose(read.populations, places().populations, rtol=0.08)
    assert read.countries.tolist() == [1, 0]
    assert read.names == ("Cape Town", "Munich")
    assert read.other_names == {1: {"de": "München"}}
    assert read.country_codes == ("DE", "ZA")


def test_places_out_of_order():
    with pytest.raises(ValueError, match="sorted by latitude"):
        places_bytes(places((48.1, -33.9)))


@pytest.mark.parametrize("kept", [0, 20, 120, -3])
def test_a_cut_file_is_named(tmp_path, kept):
    content = places_bytes(places())
    path = tmp_path / "places.bin"
    path.write_bytes(content[:kept] if kept >= 0 else content[: kept - 10])
    with pytest.raises(ValueError, match=r"places\.bin: expected a file of places"):
        read_places(path)
