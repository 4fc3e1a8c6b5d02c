import json
import math
from datetime import datetime
from pathlib import Path

import pytest

from photo_interests.analysis.card import (
    AnalyzerCard,
    FeatureInput,
    Label,
    PixelInput,
)
from photo_interests.analysis.description.sentence import describe_photo
from photo_interests.analysis.people.people import People, count_people
from photo_interests.analysis.rows import (
    Box,
    Detection,
    PhotoRow,
    PlaceRow,
    SceneRow,
)
from photo_interests.bundle.card_sections import FileRecord

RECORD = {"model.tflite": FileRecord(sha256="0" * 64, bytes=1)}
SHARED = {
    "version": "1.0.0", "license": "Apache-2.0", "model": "model.tflite",
    "groups": (), "training_data": "none", "sources": (), "files": RECORD,
}  # fmt: skip


def label(name, en, de, plurals=None):
    return Label(
        id=name,
        names={"en": name},
        phrases={"en": en, "de": de},
        plurals=plurals and dict(zip(("en", "de"), plurals, strict=True)),
    )


OBJECTS = AnalyzerCard(
    name="objects",
    input=PixelInput(side=320, background=(0, 0, 0)),
    labels=(
        label("person", "a person", "eine Person", ("people", "Personen")),
        label("dog", "a dog", "ein Hund", ("dogs", "Hunde")),
        label("car", "a car", "ein Auto", ("cars", "Autos")),
        label("ball", "a ball", "ein Ball", ("balls", "Bälle")),
        label("kite", "a kite", "ein Drachen", ("kites", "Drachen")),
    ),
    thresholds={},
    **SHARED,
)
SCENE = AnalyzerCard(
    name="scene",
    input=FeatureInput(dimension=4, extractor="0" * 64),
    labels=(label("coast", "on a coast", "an einer Küste"),),
    thresholds={"description": 0.5},
    **SHARED,
)
NO_SCENE = {"phrases": {"en": "nowhere", "de": "nirgends"}}
CONTRACT = Path(__file__).parents[2] / "contract" / "sentences.json"
SHARED_CASES = json.loads(CONTRACT.read_text())["cases"]
CARDS = {"objects": OBJECTS, "scene": SCENE}
PERSON, DOG, CAR, BALL, KITE = range(5)
LISBON = PlaceRow(
    38.7, -9.1, {"en": "Lisbon", "de": "Lissabon"}, "PT", {"en": "Portugal"}, 1.0
)
AUGUST = datetime(2024, 8, 5, 12)
COAST = SceneRow((0,), (0.8,), None, 0.1)


def found(*labels, side=0.2):
    return tuple(Detection(each, 0.9, Box(0, 0, side, side)) for each in labels)


def row(*labels, faces=None, **fields):
    return PhotoRow(Path("a.jpg"), objects=found(*labels), faces=faces, **fields)


def sentence(photo, language="en"):
    return describe_photo(photo, CARDS, language)


def test_the_whole_sentence():
    photo = row(PERSON, DOG, PERSON, scene=COAST, place=LISBON, taken=AUGUST)
    assert sentence(photo) == (
        "Two people and a dog on a coast, Lisbon, Portugal, August 2024"
    )
    assert sentence(photo, "de") == (
        "Zwei Personen und ein Hund an einer Küste, Lissabon, Portugal, August 2024"
    )


@pytest.mark.parametrize(
    ("photo", "expected"),
    [
        (row(), "A photo"),
        (PhotoRow(Path("a.jpg"), taken=AUGUST), "A photo, August 2024"),
        (row(scene=COAST), "On a coast"),
        (row(scene=SceneRow((0,), (0.4,), None, 0.1)), "A photo"),
        (row(PERSON), "A person"),
        (row(faces=found(0, side=0.5)), "A portrait of one person"),
        (row(faces=found(0, side=0.5), scene=COAST), "A portrait of one person"),
        (row(faces=found(0, side=0.05)), "A person"),
        (row(faces=found(0, side=0.05), scene=COAST), "A person on a coast"),
        (row(PERSON, faces=found(0, 0, 0)), "Three people"),
        (row(*[PERSON] * 12), "A large group of people"),
        (row(DOG, DOG, DOG), "Three dogs"),
        (row(*[DOG] * 12), "Many dogs"),
        (row(DOG, CAR, PERSON), "A person, a dog and a car"),
    ],
)
def test_parts(photo, expected):
    assert sentence(photo) == expected


@pytest.mark.parametrize("case", SHARED_CASES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_shared_sentences(case, language):
    scene, place, month = case["scene"], case["place"], case["month"]
    card = SCENE.model_copy(
        update={"labels": (label("it", *(scene or NO_SCENE)["phrases"].values()),)}
    )
    people, things = case.get("people"), case.get("things", [])
    labels = tuple(
        label("it", *each["phrases"].values(), tuple(each["plurals"].values()))
        for each in things
    )
    objects = OBJECTS.model_copy(update={"labels": (OBJECTS.labels[PERSON], *labels)})
    counted = [people["persons"] if people else 0, *(each["count"] for each in things)]
    photo = PhotoRow(
        Path("a.jpg"),
        objects=found(*(index for index, n in enumerate(counted) for _ in range(n))),
        faces=people
        and found(*[0] * people["faces"], side=math.sqrt(people["largest_face"])),
        scene=scene and SceneRow((0,), (scene["probability"],), None, 0.1),
        place=place
        and PlaceRow(
            0, 0, place["names"], place["country"], place["country_names"], 1.0
        ),
        taken=month and datetime.strptime(f"{month}-15", "%Y-%m-%d"),
    )
    cards = {"scene": card, "objects": objects}
    assert describe_photo(photo, cards, language) == case["sentence"][language]


def test_the_three_largest_things_are_named():
    sizes = {DOG: 0.1, CAR: 0.4, BALL: 0.2, KITE: 0.3}
    objects = sum((found(each, side=side) for each, side in sizes.items()), ())
    photo = PhotoRow(Path("a.jpg"), objects=objects)
    assert sentence(photo) == "A car, a kite and a ball"


def test_a_city_state_is_named_once():
    singapore = PlaceRow(1.3, 103.8, {"en": "Singapore"}, "SG", {"en": "Singapore"}, 1)
    assert sentence(row(place=singapore)) == "A photo, Singapore"


@pytest.mark.parametrize(
    ("photo", "expected"),
    [
        (PhotoRow(Path("a.jpg")), None),
        (row(), People(0, "none")),
        (row(PERSON), People(1, "single")),
        (row(faces=found(0, side=0.5)), People(1, "portrait")),
        (row(PERSON, PERSON, faces=found(0, side=0.5)), People(2, "pair")),
        (row(PERSON, faces=found(0, 0, 0)), People(3, "group")),
    ],
)
def test_people(photo, expected):
    assert count_people(photo, PERSON) == expected
