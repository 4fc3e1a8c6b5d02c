"""The command `photo-interests describe`."""

import typer

from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.console import report_accounting
from photo_interests.options import (
    AnalyzersOption,
    BundleOption,
    FollowLinks,
    GroupPeople,
    HtmlFile,
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


def describe(
    paths: PhotoPaths,
    html: HtmlFile = None,
    json: JsonFile = None,
    analyzers: AnalyzersOption = None,
    group_people: GroupPeople = False,
    models: ModelsOption = None,
    language: LanguageOption = Language.en,
    bundle: BundleOption = DEFAULT_BUNDLE,
    follow_links: FollowLinks = False,
    include_excluded: IncludeExcluded = False,
    time_limit: TimeLimit = TIME_LIMIT_S,
    processes: Processes = None,
) -> None:
    r"""Describe each photo: place, scene, objects, people, text, and a sentence.

    Models that are not ours are installed once, from a checkout, by
    `python -m export third-party`; after that nothing needs a network.

    **A folder, and a page to look at:**

    photo-interests describe ~/Pictures --html photos.html

    **Only where photos were taken, for another program:**

    photo-interests describe ~/Pictures --analyzers place --json - | jq '.trips'

    **Exit status:** as of `predict`.
    """
    from photo_interests.photos.processes import warm_up

    warm_up()
    from photo_interests.analysis.analyzers import choose_analyzers
    from photo_interests.analysis.scenes.scene_classifier import NAME as SCENE
    from photo_interests.api import list_photos, load_bundle
    from photo_interests.describe import analyzer_names, describe_found
    from photo_interests.progress import show_progress
    from photo_interests.reports.descriptions import (
        THUMBNAIL,
        write_descriptions,
    )
    from photo_interests.reports.outputs import Outputs

    outputs = Outputs.open(html, json)
    opened = load_bundle(bundle)
    chosen = choose_analyzers(
        opened.card, analyzer_names(analyzers), models, group_people
    )
    for name, reason in chosen.missing.items():
        typer.echo(f"not run: {name}: {reason}", err=True)
    found = list_photos(paths, follow_links, include_excluded)
    # Kinds come from the features that scenes need anyway.
    has_content = SCENE in chosen.folders
    analyzer = opened.analyzer(chosen, processes, time_limit, has_content)
    size = THUMBNAIL if outputs.html else None
    with show_progress(len(found.files)) as on_photo:
        result = describe_found(found, analyzer, on_photo, size)
    write_descriptions(outputs, result, language.value)
    read = result.photos + result.videos
    report_accounting(read, result.skipped, result.excluded)
