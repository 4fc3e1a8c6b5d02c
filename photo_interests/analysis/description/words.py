"""The words that sentences about photos need, in each language."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Words:
    """Words of one language.

    Attributes:
        photo: What a photo without anything known is called.
        person: One person.
        people: Several people; the number comes first.
        portrait: A photo of one large face.
        crowd: More people than are counted in words.
        many: More things than are counted in words; their plural follows.
        numbers: Two and above, in words.
        and_: Joins the last two of a list.
        months: The months of a year.
    """

    photo: str
    person: str
    people: str
    portrait: str
    crowd: str
    many: str
    numbers: tuple[str, ...]
    and_: str
    months: tuple[str, ...]

    def number(self, count: int) -> str | None:
        """A number of two or more in words; None where it is too large for that."""
        index = count - 2
        return self.numbers[index] if index < len(self.numbers) else None

    def listed(self, parts: list[str]) -> str:
        """Join parts as people do: "a, b and c"."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.and_} {parts[-1]}"

    def month(self, day: date) -> str:
        """Month and year."""
        return f"{self.months[day.month - 1]} {day.year}"


WORDS = {
    "en": Words(
        photo="a photo",
        person="a person",
        people="people",
        portrait="a portrait of one person",
        crowd="a large group of people",
        many="many",
        numbers=("two", "three", "four", "five", "six", "seven", "eight", "nine"),
        and_="and",
        months=(
            "January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December",
        ),
    ),
    "de": Words(
        photo="ein Foto",
        person="eine Person",
        people="Personen",
        portrait="ein Porträt einer Person",
        crowd="eine große Gruppe von Personen",
        many="viele",
        numbers=("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"),
        and_="und",
        months=(
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
            "September", "Oktober", "November", "Dezember",
        ),
    ),
}  # fmt: skip
