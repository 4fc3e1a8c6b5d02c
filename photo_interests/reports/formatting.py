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


FILE_WORDS = {
    "en": (("photo", "photos"), ("video", "videos"), "and"),
    "de": (("Foto", "Fotos"), ("Video", "Videos"), "und"),
}
READ_BY = {"en": "{} read by {}", "de": "{}, gelesen von {}"}


def shown_files(photos: int, videos: int, language: str = "en") -> str:
    """Numbers of photos and of videos, as in "9 photos and 2 videos".

    Args:
        photos: Number of photos.
        videos: Number of videos; not shown if 0.
        language: `en` or `de`.
    """
    photo_words, video_words, joined = FILE_WORDS[language]
    shown = [shown_count(videos, video_words, language)] if videos else []
    if photos or not videos:
        shown.insert(0, shown_count(photos, photo_words, language))
    return f" {joined} ".join(shown)


def shown_read(photos: int, videos: int, reader: str, language: str = "en") -> str:
    """What was read by what, as in "9 photos and 2 videos read by everyday 2.1.0".

    Args:
        photos: Number of photos that were read.
        videos: Number of videos that were read.
        reader: Name of what read them.
        language: `en` or `de`.
    """
    return READ_BY[language].format(shown_files(photos, videos, language), reader)


def shown_frame(name: str, second: float | None) -> str:
    """The name of a file, and of a frame when it is shown, as in "clip.mp4 1:05".

    Args:
        name: Name of the file.
        second: When the frame is shown, from the start; None for a photo.
    """
    if second is None:
        return name
    minutes, seconds = divmod(int(second), 60)
    return f"{name} {minutes}:{seconds:02}"


STRENGTH_WORDS = {
    "en": (("month", "months"), "a few likely photos"),
    "de": (("Monat", "Monate"), "vermutlich einige Fotos"),
}


def shown_strength(
    photos: int, months: int, language: str = "en", videos: int = 0
) -> str:
    """How often an interest comes back, as in "351 photos and 2 videos, 14 months".

    Args:
        photos: Number of photos and videos that show it.
        months: Number of different months in which these were taken; not shown if 0,
            since then no file gives a time.
        language: `en` or `de`.
        videos: Number of videos among them.
    """
    month_words, none = STRENGTH_WORDS[language]
    if photos == 0:
        return none
    shown = shown_files(photos - videos, videos, language)
    return f"{shown}, {shown_count(months, month_words, language)}" if months else shown


def shown_excluded(excluded: Mapping[str, int]) -> str:
    """Return how many entries were excluded, by kind; "" if none was."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(excluded.items()))
    return f"{sum(excluded.values())} excluded ({kinds})" if kinds else ""
