"""How often packs of birds and insects name the right family, and what they invent.

No photos at hand have labels of species: those of Caltech-101 name a family or an
order, so that a species counts as right where its genus belongs to that.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from photo_interests.analysis.card import load_analyzer
from photo_interests.analysis.objects.object_detector import NAME as OBJECTS
from photo_interests.analysis.objects.object_detector import ObjectDetector
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.photo_analyzer import BundleModels
from photo_interests.analysis.rows import Species
from photo_interests.analysis.species.birds import INSIDE, BirdClassifier
from photo_interests.analysis.species.insects import InsectClassifier
from photo_interests.bundle.card import load_card
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from training.experiments.analyzers.detections import StoredFeatures, installed
from training.interests.extract import everyday_rows

GENERA = Path(__file__).with_name("genera.json")
"""Genera of the packs by class of Caltech-101; an emu is no label of the pack."""
BIRDS = ("emu", "flamingo", "ibis", "pigeon", "rooster")
INSECTS = ("ant", "butterfly", "dragonfly")
WITHOUT_ANIMALS = {"food101", "ffml", "houses", "receipts", "screenshots", "faces"}


def measure(data: Path, bundle: Path) -> dict[str, Any]:
    """Measure both packs.

    Args:
        data: Folder of the photo sets.
        bundle: Bundle whose classifier opens the gate of insects.

    Returns:
        For each class of Caltech-101 the number of photos, how many the detector or the
        gate lets through, how many are named, and rightly; the same for everyday photos
        without animals and of dogs, where every name is wrong.
    """
    genera = json.loads(GENERA.read_text("utf-8"))
    models = BundleModels(bundle, load_card(bundle))
    birds, insects = _bird_finder(), _insect_finder(models)
    caltech = data / "images_caltech101"
    result: dict[str, Any] = {}
    for pack, find, classes in (
        ("birds", birds, BIRDS),
        ("insects", insects, INSECTS),
    ):
        labels = [one.id for one in load_analyzer(installed(pack), pack).labels]
        result[pack] = {
            name: _measured(
                (find(path) for path in sorted((caltech / name).glob("*.jpg"))),
                labels,
                set(genera[name]),
            )
            for name in classes
        }
        rows = everyday_rows(data, "labels.csv")
        for name, chosen in (
            ("without animals", [r for r in rows if r["source"] in WITHOUT_ANIMALS]),
            ("dogs", [r for r in rows if "dog" in r["labels"].split(";")]),
        ):
            paths = [data / "everyday" / "photos" / row["photo"] for row in chosen]
            result[pack][name] = _measured(map(find, paths), labels, set())
    return result


Found = tuple[bool, tuple[Species, ...]]
"""Whether a photo was let through to the pack, and what it named."""


def _measured(
    found: Iterator[Found], labels: list[str], genera: set[str]
) -> dict[str, int]:
    counts = {"photos": 0, "let_through": 0, "named": 0, "right": 0}
    for let_through, species in found:
        named = [labels[one.label].split("_")[0] for one in species]
        counts["photos"] += 1
        counts["let_through"] += let_through
        counts["named"] += bool(named)
        counts["right"] += bool(named) and all(one in genera for one in named)
    return counts


def _bird_finder() -> Callable[[Path], Found]:
    folder = installed("objects")
    card = load_analyzer(folder, OBJECTS)
    detect, classify = ObjectDetector(folder), BirdClassifier(installed("birds"))

    def find(path: Path) -> Found:
        image = decode(path, INPUT_RULE).image
        photo = DecodedPhoto(path, image, StoredFeatures())
        photo.found[OBJECTS] = card, detect(photo)
        return bool(photo.found_before(OBJECTS, INSIDE)), classify(photo)

    return find


def _insect_finder(models: BundleModels) -> Callable[[Path], Found]:
    classify = InsectClassifier(installed("insects"))

    def find(path: Path) -> Found:
        photo = DecodedPhoto(path, decode(path, INPUT_RULE).image, models)
        return classify.shows_insect(photo), classify(photo)

    return find
