"""A prediction as a table in the terminal."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from photo_interests.predict import Prediction
from photo_interests.reports.formatting import shown_path, shown_share
from photo_interests.reports.interests import Evidence, Interest, InterestArea, named

BAR_WIDTH = 16
EIGHTHS = " ▏▎▍▌▋▊▉"


def make_table(
    prediction: Prediction, areas: Sequence[InterestArea], language: str
) -> Table:
    """Lay out interests by area: a bar for each, and its photos."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, caption_justify="left")
    table.add_column("Interest", no_wrap=True)
    table.add_column("Probability", no_wrap=True)
    table.add_column("Photos and their shares", overflow="fold")
    for group in areas:
        table.add_row(Text(named(group.area, language), style="bold"))
        for interest in group.interests:
            table.add_row(
                Text(f"  {named(interest.category, language)}"),
                _bar(interest.probability, language),
                _photos(interest, language),
            )
    if not areas:
        table.add_row(Text("none found", style="dim"))
    bundle = prediction.card
    table.caption = Text(
        f"{len(prediction.photos)} photos read by {bundle.name} {bundle.version}"
    )
    return table


def _bar(probability: float, language: str) -> Text:
    full, eighths = divmod(round(probability * BAR_WIDTH * 8), 8)
    bar = ("█" * full + EIGHTHS[eighths].strip()).ljust(BAR_WIDTH)
    percent = shown_share(probability, language)
    return Text.assemble((bar, "cyan"), f" {percent:>5}")


def _photos(interest: Interest, language: str) -> Text:
    parts = [_photo(photo, language) for photo in interest.photos]
    if interest.other_photos:
        share = shown_share(interest.other_share, language)
        parts.append(Text(f"{interest.other_photos} more {share}", style="dim"))
    return Text(", ").join(parts)


def _photo(photo: Evidence, language: str) -> Text:
    share = shown_share(photo.share, language)
    return Text.assemble(shown_path(photo.path.name), (f" {share}", "dim"))
