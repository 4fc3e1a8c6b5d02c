"""Numbers and file names as people read them."""

from collections.abc import Mapping
from pathlib import Path


def shown_path(path: Path | str) -> str:
    """A file name that is safe to print.

    Names may hold control sequences of terminals, and bytes that are no text.
    """
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for letter in str(path)
    )


def shown_share(value: float, language: str = "en") -> str:
    """A part of 1 in per cent, never rounded to a certainty it does not have."""
    percent = "\N{NO-BREAK SPACE}%" if language == "de" else "%"
    if 0 < value < 0.01:
        return f"<1{percent}"
    if 0.99 < value < 1:
        return f">99{percent}"
    return f"{value:.0%}".replace("%", percent)


def shown_count(number: int, words: tuple[str, str], language: str = "en") -> str:
    """A number with its noun, `words` being singular and plural.

    Args:
        number: Number of things.
        words: Singular and plural of the noun.
        language: Language of the number, `en` or `de`.
    """
    figures = f"{number:,}".replace(",", "." if language == "de" else ",")
    return f"{figures} {words[0] if number == 1 else words[1]}"


STRENGTH_WORDS = {
    "en": (("photo", "photos"), ("month", "months"), "a few likely photos"),
    "de": (("Foto", "Fotos"), ("Monat", "Monate"), "vermutlich einige Fotos"),
}


def shown_strength(photos: int, months: int, language: str = "en") -> str:
    """How often an interest comes back, as in "351 photos, 14 months".

    Args:
        photos: Number of photos that show it.
        months: Number of different months in which these were taken; not shown if 0,
            since then no file gives a time.
        language: `en` or `de`.
    """
    photo_words, month_words, none = STRENGTH_WORDS[language]
    if photos == 0:
        return none
    shown = shown_count(photos, photo_words, language)
    return f"{shown}, {shown_count(months, month_words, language)}" if months else shown


def shown_excluded(excluded: Mapping[str, int]) -> str:
    """Return how many entries were excluded, by kind; "" if none was."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(excluded.items()))
    return f"{sum(excluded.values())} excluded ({kinds})" if kinds else ""
