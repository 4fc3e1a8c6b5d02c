"""What every HTML page of this package is made with."""

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from photo_interests.reports.formatting import (
    shown_count,
    shown_files,
    shown_path,
    shown_share,
    shown_strength,
)
from photo_interests.reports.interests import named

SHARED = {
    "en": {
        "private": (
            "Made on this computer. No photo left it, and this page loads nothing "
            "from the network."
        ),
        "skipped_files": "Skipped files",
        "bundle": "Bundle",
    },
    "de": {
        "private": (
            "Auf diesem Computer gemacht. Kein Foto hat ihn verlassen, und diese "
            "Seite lädt nichts aus dem Netz."
        ),
        "skipped_files": "Übersprungene Dateien",
        "bundle": "Bündel",
    },
}
"""Words of several pages in each language."""


def page_template(name: str, language: str) -> Template:
    """Open a template, in which everything is escaped and nothing may be missing.

    Args:
        name: Name of a file in `templates/`, which extends `page.html.jinja`.
        language: Language of numbers and names, for the filters `share`, `strength`,
            `files` (of a strength) and `name` and for `count`; `path` makes file names
            safe to show.
    """
    environment = Environment(
        loader=PackageLoader("photo_interests.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["share"] = lambda value: shown_share(value, language)
    environment.filters["strength"] = lambda value: shown_strength(
        value.photos, value.months, language, value.videos
    )
    environment.filters["files"] = lambda value: shown_files(
        value.photos - value.videos, value.videos, language
    )
    environment.globals["count"] = lambda number, words: shown_count(
        number, words, language
    )
    environment.filters["path"] = shown_path
    environment.globals["shared"] = SHARED[language]
    environment.filters["name"] = lambda thing: named(thing, language)
    return environment.get_template(name)
