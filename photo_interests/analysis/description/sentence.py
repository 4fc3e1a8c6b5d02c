"""One sentence about a photo, composed from its rows; no model writes it."""

from collections import Counter
from collections.abc import Mapping

from photo_interests.analysis.card import AnalyzerCard
from photo_interests.analysis.description.words import WORDS, Words
from photo_interests.analysis.people.people import People, count_people
from photo_interests.analysis.rows import PhotoRow
from photo_interests.bundle.card_sections import in_language

PERSON = "person"
MAXIMUM_THINGS = 3
"""Kinds of objects that a sentence names beside people."""


def person_label(cards: Mapping[str, AnalyzerCard]) -> int | None:
    """Return the index of the label of a person; None where objects are not sought.

    Args:
        cards: Cards of the analyzers that ran, by name.
    """
    if "objects" not in cards:
        return None
    return [label.id for label in cards["objects"].labels].index(PERSON)


def describe_photo(
    row: PhotoRow, cards: Mapping[str, AnalyzerCard], language: str
) -> str:
    """Compose a sentence: people and things, the scene, the place, the month.

    Args:
        row: Row of the photo.
        cards: Cards of the analyzers that ran, by name.
        language: `en` or `de`.

    Example:
        "Two people and a dog on a beach, Lisbon, Portugal, August 2024"
    """
    words = WORDS[language]
    people = count_people(row, person_label(cards))
    subjects = _people(people, words) + _things(row, cards, language, words)
    # Behind a face that fills the photo there is little to see of a scene.
    is_portrait = people is not None and people.framing == "portrait"
    scene = "" if is_portrait else _scene(row, cards, language)
    first = " ".join(part for part in (words.listed(subjects), scene) if part)
    parts = [first or words.photo]
    if row.place is not None:
        parts += [
            in_language(names, language)
            for names in (row.place.names, row.place.country_names)
        ]
    if row.taken is not None:
        parts.append(words.month(row.taken))
    sentence = ", ".join(dict.fromkeys(parts))  # Singapore, Singapore
    return sentence[0].upper() + sentence[1:]


def _people(people: People | None, words: Words) -> list[str]:
    if people is None or people.number == 0:
        return []
    if people.number == 1:
        return [words.portrait if people.framing == "portrait" else words.person]
    number = words.number(people.number)
    return [words.crowd if number is None else f"{number} {words.people}"]


def _things(
    row: PhotoRow,
    cards: Mapping[str, AnalyzerCard],
    language: str,
    words: Words,
) -> list[str]:
    """Things that cover most of the photo first."""
    person = person_label(cards)
    counts: Counter[int] = Counter()
    areas: Counter[int] = Counter()
    for found in row.objects or ():
        if found.label != person:
            counts[found.label] += 1
            areas[found.label] += found.box.area  # type: ignore[assignment]
    labels = cards["objects"].labels if counts else ()
    parts = []
    for index, _ in areas.most_common(MAXIMUM_THINGS):
        label, count = labels[index], counts[index]
        if count == 1 or label.plurals is None:
            parts.append(in_language(label.phrases, language))
        else:
            plural = in_language(label.plurals, language)
            parts.append(f"{words.number(count) or words.many} {plural}")
    return parts


def _scene(row: PhotoRow, cards: Mapping[str, AnalyzerCard], language: str) -> str:
    """The most probable scene, where it is probable enough to be said."""
    if row.scene is None or not row.scene.labels:
        return ""
    card = cards["scene"]
    if row.scene.probabilities[0] < card.thresholds["description"]:
        return ""
    return in_language(card.labels[row.scene.labels[0]].phrases, language)
