"""The file of places: a header line of JSON, then arrays and names.

Little-endian, in this order, for n places sorted by latitude: latitude int16 `(n,)`
and longitude int16 `(n,)` as parts of 32,767 of 90 and 180 degrees (a step is 305 m);
population uint8 `(n,)` as `16 * log10(people)`; country uint8 `(n,)`, an index into the
header's `countries`; then n names in English, one a line, in UTF-8. The header has
`places` (n), `countries` (code and names) and `other_names` (place, names).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

STEPS = 32_767
POPULATION_STEPS = 16
Names = dict[str, str]


@dataclass(frozen=True, eq=False)
class Places:
    """All places, sorted by latitude.

    Attributes:
        latitudes: Degrees north, float32 `(places,)`.
        longitudes: Degrees east, float32 `(places,)`.
        populations: Number of people, float32 `(places,)`.
        countries: Index of the country, uint8 `(places,)`.
        names: English names.
        other_names: Names in other languages by place, where they differ.
        country_codes: ISO 3166 codes of the countries.
        country_names: Names of the countries by language.
    """

    latitudes: NDArray[np.float32]
    longitudes: NDArray[np.float32]
    populations: NDArray[np.float32]
    countries: NDArray[np.uint8]
    names: tuple[str, ...]
    other_names: dict[int, Names]
    country_codes: tuple[str, ...]
    country_names: tuple[Names, ...]


def places_bytes(places: Places) -> bytes:
    """Return the content of a file of places.

    Raises:
        ValueError: The places are not sorted by latitude, or more than 255 countries.
    """
    if np.any(np.diff(places.latitudes) < 0):
        raise ValueError("places: expected them sorted by latitude")
    if len(places.country_codes) > 256:
        raise ValueError(
            f"countries: expected at most 256, received {len(places.country_codes)}"
        )
    header = {
        "places": len(places.names),
        "countries": list(zip(places.country_codes, places.country_names, strict=True)),
        "other_names": sorted(places.other_names.items()),
    }
    people = np.log10(np.maximum(places.populations, 1)) * POPULATION_STEPS
    return b"".join(
        (
            json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(),
            b"\n",
            _steps(places.latitudes, 90),
            _steps(places.longitudes, 180),
            np.rint(people).astype(np.uint8).tobytes(),
            places.countries.astype(np.uint8).tobytes(),
            "\n".join(places.names).encode(),
        )
    )


def read_places(path: Path) -> Places:
    """Read a file of places.

    Raises:
        OSError: There is no such file.
        ValueError: It is damaged; names it.
    """
    header, _, content = path.read_bytes().partition(b"\n")
    try:
        return _parse(json.loads(header), content)
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: expected a file of places: {error}") from error


def _parse(header: dict[str, Any], content: bytes) -> Places:
    number = header["places"]
    steps = np.frombuffer(content, "<i2", 2 * number).astype(np.float32)
    small = np.frombuffer(content, np.uint8, 2 * number, offset=4 * number)
    names = tuple(content[6 * number :].decode().split("\n"))
    if len(names) != number:
        raise ValueError(f"expected {number} names, received {len(names)}")
    people = 10 ** (small[:number] / POPULATION_STEPS)
    return Places(
        (steps[:number] * (90 / STEPS)).astype(np.float32),
        (steps[number:] * (180 / STEPS)).astype(np.float32),
        people.astype(np.float32),
        small[number:],
        names,
        {int(place): names for place, names in header["other_names"]},
        tuple(code for code, _ in header["countries"]),
        tuple(names for _, names in header["countries"]),
    )


def _steps(degrees: NDArray[np.float32], limit: int) -> bytes:
    return np.rint(degrees * (STEPS / limit)).astype("<i2").tobytes()
