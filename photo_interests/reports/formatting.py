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


def shown_excluded(excluded: Mapping[str, int]) -> str:
    """Return how many entries were excluded, by kind; "" if none was."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(excluded.items()))
    return f"{sum(excluded.values())} excluded ({kinds})" if kinds else ""
