"""What is said of the rows of a photo, in words that people read."""

from collections import Counter
from collections.abc import Mapping, Sequence

from photo_interests.analysis.card import AnalyzerCard
from photo_interests.analysis.description.sentence import person_label
from photo_interests.analysis.people.people import count_people
from photo_interests.analysis.place.trips import Trip
from photo_interests.analysis.rows import PhotoRow, PlaceRow, SceneRow, Species
from photo_interests.analysis.text.text_interests import TextInterest
from photo_interests.bundle.card import Card
from photo_interests.bundle.card_sections import in_language
from photo_interests.describe import Descriptions
from photo_interests.reports.formatting import shown_frame, shown_share

TEXTS = {
    "en": {
        "title": "What is on these photos",
        "photo": "Photo",
        "description": "Description",
        "place": "Place",
        "scene": "Scene",
        "objects": "Objects",
        "faces": "Faces",
        "kinds": "Shows",
        "birds": "Birds",
        "insects": "Insects",
        "people": "People",
        "same_person": "On several photos",
        "group": "Person",
        "text": "Text",
        "text_interests": "Interests named by text",
        "trips": "Trips",
        "no_place": "unknown",
        "none": "none found",
        "more": "more photos are in the JSON",
        "photos": ("photo", "photos"),
        "private": (
            "Made on this computer. No photo left it, and this page loads nothing "
            "from the network. What a computer finds can be wrong."
        ),
    },
    "de": {
        "title": "Was auf diesen Fotos ist",
        "photo": "Foto",
        "description": "Beschreibung",
        "place": "Ort",
        "scene": "Szene",
        "objects": "Dinge",
        "faces": "Gesichter",
        "kinds": "Zeigt",
        "birds": "Vögel",
        "insects": "Insekten",
        "people": "Personen",
        "same_person": "Auf mehreren Fotos",
        "group": "Person",
        "text": "Text",
        "text_interests": "Interessen, die Text nennt",
        "trips": "Reisen",
        "no_place": "unbekannt",
        "none": "nichts gefunden",
        "more": "weitere Fotos stehen im JSON",
        "photos": ("Foto", "Fotos"),
        "private": (
            "Auf diesem Computer gemacht. Kein Foto hat ihn verlassen, und diese "
            "Seite lädt nichts aus dem Netz. Was ein Computer findet, kann falsch sein."
        ),
    },
}
SHOWN_SCENES = 2
MIN_SCENE_PROBABILITY = 0.3
"""Below it a scene is a guess among 100; JSON has it all the same."""


def shown_place(place: PlaceRow, language: str) -> str:
    """Return a place and its country, such as "Madrid, Spain"."""
    name = in_language(place.names, language)
    country = in_language(place.country_names, language)
    return name if name == country else f"{name}, {country}"


def shown_trip(trip: Trip, language: str) -> str:
    """Return a trip with its days, such as "Madrid, Spain: 2024-08-01 to 08-09"."""
    days = trip.first.isoformat()
    if trip.last != trip.first:
        days += f" \N{EN DASH} {trip.last.isoformat()}"
    one, several = TEXTS[language]["photos"]
    photos = f"{trip.photos} {one if trip.photos == 1 else several}"
    return f"{shown_place(trip.place, language)}: {days}, {photos}"


def shown_text_interest(interest: TextInterest, card: Card, language: str) -> str:
    """Return an interest and the words that name it: "Good food: pizza, sushi (3)".

    Args:
        interest: The interest.
        card: Card of the bundle.
        language: `en` or `de`.
    """
    names = {one.id: one.names for one in card.interests}
    name = in_language(names[interest.interest], language)
    return f"{name}: {', '.join(interest.words)} ({len(interest.photos)})"


def shown_name(row: PhotoRow) -> str:
    """Return the name of a file, and of a frame when it is shown."""
    return shown_frame(row.path.name, row.second)


def findings(result: Descriptions, row: PhotoRow, language: str) -> dict[str, str]:
    """Return what each analyzer found on a photo, by the key of its heading.

    Args:
        result: What was found on all photos.
        row: Row of the photo.
        language: `en` or `de`.
    """
    cards = result.cards
    texts, found = TEXTS[language], {}
    none = str(texts["none"])
    if "place" in cards:
        place = row.place
        found["place"] = (
            str(texts["no_place"]) if place is None else shown_place(place, language)
        )
    if row.scene is not None:
        found["scene"] = _scene(row.scene, cards["scene"], language) or none
    if row.objects is not None:
        found["objects"] = _objects(row, cards, language) or none
    if kinds := result.kinds(row):
        found["kinds"] = ", ".join(
            f"{in_language(kind.names, language)} {shown_share(share, language)}"
            for kind, share in kinds
        )
    for name, animals in (("birds", row.birds), ("insects", row.insects)):
        if animals:
            found[name] = _species(animals, cards[name], language)
    if row.faces is not None:
        found["faces"] = str(len(row.faces)) if row.faces else none
    people = count_people(row, person_label(cards))
    if people is not None and people.number:
        found["people"] = str(people.number)
    if row.same_person:
        numbers = sorted({face.group for face in row.same_person})
        found["same_person"] = ", ".join(f"{texts['group']} {one}" for one in numbers)
    if row.text is not None and row.text.lines:
        found["text"] = row.text.text
    return found


def _scene(scene: SceneRow, card: AnalyzerCard, language: str) -> str:
    likely = [
        f"{in_language(card.labels[index].names, language)} "
        f"{shown_share(probability, language)}"
        for index, probability in zip(scene.labels, scene.probabilities, strict=True)
        if probability >= MIN_SCENE_PROBABILITY
    ]
    return ", ".join(likely[:SHOWN_SCENES])


def _species(animals: Sequence[Species], card: AnalyzerCard, language: str) -> str:
    return ", ".join(
        f"{in_language(card.labels[one.label].names, language)} "
        f"{shown_share(one.score, language)}"
        for one in animals
    )


def _objects(row: PhotoRow, cards: Mapping[str, AnalyzerCard], language: str) -> str:
    objects = row.objects or ()
    counts = Counter(found.label for found in objects)
    best: dict[int, float] = {}
    for found in objects:
        best[found.label] = max(best.get(found.label, 0.0), found.score)
    parts = []
    for index, count in counts.items():
        name = in_language(cards["objects"].labels[index].names, language)
        times = f"{count} \N{MULTIPLICATION SIGN} " if count > 1 else ""
        parts.append(f"{times}{name} {shown_share(best[index], language)}")
    return ", ".join(parts)
