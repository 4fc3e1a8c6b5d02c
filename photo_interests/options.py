"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """Languages of the names of interests and of the pages."""

    en = "en"
    de = "de"


PhotoPaths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        help="Photos and videos, and folders to search for them at any depth.",
    ),
]
HtmlFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write an HTML page with pictures."),
]
JsonFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write JSON; - prints it instead of the table."),
]
BundleOption = Annotated[
    str,
    typer.Option(
        metavar="BUNDLE",
        help="Bundle of models: the name of a released one, or a folder.",
    ),
]
Processes = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="Number of worker processes that read photos.",
        show_default="one per CPU core",
    ),
]
FollowLinks = Annotated[
    bool, typer.Option("--follow-links", help="Search linked folders, each once.")
]
IncludeExcluded = Annotated[
    bool,
    typer.Option(
        "--include-excluded",
        help="Read hidden files, and the thumbnails, deleted files and copies of "
        "storage devices, systems and photo libraries, too.",
    ),
]
TimeLimit = Annotated[
    float,
    typer.Option(
        min=0.1, metavar="SECONDS", help="Time limit for each photo or video."
    ),
]
LanguageOption = Annotated[
    Language, typer.Option(help="Language of the names and of the page.")
]
AnalyzersOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAMES",
        help="What to find, with commas between: place, scene, objects, faces, text, "
        "and the packs birds and insects.",
        show_default="all that are installed",
    ),
]
ModelsOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Folder of analyzers, by `python -m export third-party`.",
        show_default="that of the user's cache",
    ),
]
GroupPeople = Annotated[
    bool,
    typer.Option(
        "--group-people",
        help="Group the faces of the same person. For that, numbers are computed from "
        "each face that tell people apart: biometric data, also of people who did not "
        "agree. They are dropped when the command ends, and written nowhere.",
    ),
]
