"""The command `photo-interests search`."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.console import report_accounting
from photo_interests.options import (
    AnalyzersOption,
    BundleOption,
    FollowLinks,
    IncludeExcluded,
    JsonFile,
    Language,
    LanguageOption,
    ModelsOption,
    PhotoPaths,
    Processes,
    TimeLimit,
)
from photo_interests.photos import TIME_LIMIT_S


def search(
    paths: PhotoPaths,
    query: Annotated[str, typer.Argument(metavar="WORDS", help="What to find.")],
    json: JsonFile = None,
    top: Annotated[
        int, typer.Option(min=1, help="Maximum number of photos listed.")
    ] = 20,
    analyzers: AnalyzersOption = None,
    models: ModelsOption = None,
    language: LanguageOption = Language.en,
    bundle: BundleOption = DEFAULT_BUNDLE,
    follow_links: FollowLinks = False,
    include_excluded: IncludeExcluded = False,
    time_limit: TimeLimit = TIME_LIMIT_S,
    processes: Processes = None,
) -> None:
    r"""Find photos by words: what they show, what stands on them, where they are from.

    Names are known in English and German. With the analyzer `words` installed (by
    `python -m export third-party`), other English words find what is near in meaning.
    All photos are read each time.

    photo-interests search ~/Pictures "puppy"

    photo-interests search ~/Pictures "Sonnenuntergang" --language de --json -

    **Exit status:** as of `predict`.
    """
    check_order(paths, query)
    from photo_interests.photos.processes import warm_up

    warm_up()
    from photo_interests.analysis.analyzers import choose_analyzers
    from photo_interests.api import list_photos, load_bundle
    from photo_interests.describe import analyzer_names, describe_found
    from photo_interests.progress import show_progress
    from photo_interests.reports.outputs import Outputs
    from photo_interests.reports.search import make_search_json, make_search_table
    from photo_interests.search.open_search import open_search

    outputs = Outputs.open(None, json)
    opened = load_bundle(bundle)
    chosen = choose_analyzers(opened.card, analyzer_names(analyzers), models)
    engine = open_search(opened.card, chosen.cards, chosen.installed)
    engine.weights(query)  # before photos are read, so that no word costs no hour
    files = list_photos(paths, follow_links, include_excluded)
    analyzer = opened.analyzer(chosen, processes, time_limit, has_content=True)
    with show_progress(len(files.files)) as on_photo:
        result = describe_found(files, analyzer, on_photo)
    found = engine.find(query, result.rows, result.cards, top)
    outputs.write(
        lambda: make_search_table(result, found, language.value),
        lambda: make_search_json(result, found, query, language.value),
        lambda: "",
    )
    read = result.photos + result.videos
    report_accounting(read, result.skipped, result.excluded)


def check_order(paths: Sequence[Path], query: str) -> None:
    """Check that photos were given first and words last.

    Args:
        paths: Files and folders.
        query: Words.

    Raises:
        ValueError: The words are a path, and the first path is none.
    """
    if os.path.exists(query) and not os.path.exists(paths[0]):
        raise ValueError(
            "expected photos first and words last, as in `search PHOTOS WORDS`; "
            f"received {str(paths[0])!r} first, which is no file or folder, and "
            f"{query!r} last, which is one"
        )
