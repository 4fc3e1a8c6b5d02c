"""A prediction as a table in the terminal."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from photo_interests.bundle.card import CardFormat2
from photo_interests.level import Level
from photo_interests.predict import Prediction
from photo_interests.reports.formatting import (
    shown_frame,
    shown_path,
    shown_read,
    shown_share,
    shown_strength,
)
from photo_interests.reports.interest import Evidence, Interest, InterestArea
from photo_interests.reports.interests import named

WORDS = {
    "en": ("Interest", "Kind", "Strength", "Probability", "Photos", "more"),
    "de": ("Interesse", "Art", "Stärke", "Wahrscheinlichkeit", "Fotos", "weitere"),
}
BAR_WIDTH = 10
EIGHTHS = " ▏▎▍▌▋▊▉"


def make_table(
    prediction: Prediction,
    areas: Sequence[InterestArea],
    language: str,
    level: Level = Level.interests,
) -> Table:
    """Lay out interests by area: a bar for each, and its photos.

    Args:
        prediction: Prediction from all photos.
        areas: Interests or kinds to show.
        language: Language of the names, `en` or `de`.
        level: Whether these are interests or kinds.
    """
    table = Table(box=SIMPLE_HEAD, pad_edge=False, caption_justify="left")
    if isinstance(prediction.card, CardFormat2):
        _fill_by_strength(table, areas, language, level)
    else:
        _fill_by_probability(table, areas, language)
    if not areas:
        table.add_row(Text("none found", style="dim"))
    bundle = prediction.card
    table.caption = Text(
        shown_read(
            len(prediction.photos) - prediction.videos,
            prediction.videos,
            f"{bundle.name} {bundle.version}",
            language,
        )
    )
    return table


def _fill_by_strength(
    table: Table, areas: Sequence[InterestArea], language: str, level: Level
) -> None:
    """Rows with a bar for the share of the strongest one's events."""
    are_kinds = level is Level.kinds
    interest, kind, strength_title, probability, photos, _ = WORDS[language]
    table.add_column(kind if are_kinds else interest, no_wrap=True)
    table.add_column(strength_title, no_wrap=True)
    if are_kinds:
        table.add_column(probability, no_wrap=True, justify="right")
    table.add_column(photos, min_width=12)
    found = [each for group in areas for each in group.interests]
    most = max((each.strength.events for each in found if each.strength), default=1.0)
    for group in areas:
        table.add_row(Text(named(group.area, language), style="bold"))
        for each in group.interests:
            assert each.strength is not None
            bar = _bar(each.strength.events / most)
            counts = each.strength
            strength = shown_strength(
                counts.photos, counts.months, language, counts.videos
            )
            cells = [Text(f"  {named(each.category, language)}")]
            cells.append(Text.assemble((bar, "cyan"), f" {strength}"))
            if are_kinds:
                cells.append(Text(shown_share(each.probability, language)))
            table.add_row(*cells, _clear_photos(each, language))


def _clear_photos(interest: Interest, language: str) -> Text:
    parts = [Text(_name(photo)) for photo in interest.photos]
    assert interest.strength is not None
    more = interest.strength.photos - len(parts)
    if more > 0:
        parts.append(Text(f"{more} {WORDS[language][-1]}", style="dim"))
    return _lines(parts)


def _fill_by_probability(
    table: Table, areas: Sequence[InterestArea], language: str
) -> None:
    table.add_column("Interest", no_wrap=True)
    table.add_column("Probability", no_wrap=True)
    table.add_column("Photos and their shares")
    for group in areas:
        table.add_row(Text(named(group.area, language), style="bold"))
        for interest in group.interests:
            percent = shown_share(interest.probability, language)
            bar = _bar(interest.probability)
            table.add_row(
                Text(f"  {named(interest.category, language)}"),
                Text.assemble((bar, "cyan"), f" {percent:>5}"),
                _photos(interest, language),
            )


def _bar(part: float) -> str:
    full, eighths = divmod(round(part * BAR_WIDTH * 8), 8)
    return ("█" * full + EIGHTHS[eighths].strip()).ljust(BAR_WIDTH)


def _photos(interest: Interest, language: str) -> Text:
    parts = [_photo(photo, language) for photo in interest.photos]
    if interest.other_photos:
        share = shown_share(interest.other_share, language)
        parts.append(Text(f"{interest.other_photos} more {share}", style="dim"))
    return _lines(parts)


def _lines(parts: Sequence[Text]) -> Text:
    """One photo a line: this column gives way where the terminal is narrow."""
    lines = Text("\n").join(parts)
    lines.no_wrap, lines.overflow = True, "ellipsis"
    return lines


def _photo(photo: Evidence, language: str) -> Text:
    share = shown_share(photo.share, language)
    return Text.assemble(_name(photo), (f" {share}", "dim"))


def _name(photo: Evidence) -> str:
    return shown_path(shown_frame(photo.path.name, photo.second))
