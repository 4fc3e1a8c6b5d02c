"""What was found on photos as a table in the terminal."""

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from photo_interests.analysis.description.sentence import describe_photo
from photo_interests.describe import Descriptions
from photo_interests.reports.descriptions_texts import (
    TEXTS,
    findings,
    shown_name,
    shown_text_interest,
    shown_trip,
)
from photo_interests.reports.formatting import shown_path, shown_read


def make_table(result: Descriptions, language: str) -> Table:
    """Lay out photos: the sentence of each, and what every analyzer found.

    Args:
        result: What was found.
        language: `en` or `de`.
    """
    cards = result.cards
    texts = TEXTS[language]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, caption_justify="left")
    table.add_column(str(texts["photo"]), overflow="fold")
    table.add_column(str(texts["description"]), overflow="fold")
    for row in result.rows:
        sentence = describe_photo(row, cards, language)
        lines = [Text(sentence, style="bold")] + [
            Text(f"{texts[key]}: {found}")
            for key, found in findings(result, row, language).items()
        ]
        table.add_row(Text(shown_path(shown_name(row))), Text("\n").join(lines))
    reader = ", ".join(cards)
    caption = [shown_read(result.photos, result.videos, reader, language)]
    if result.trips:
        trips = [shown_trip(trip, language) for trip in result.trips]
        caption = [f"{texts['trips']}:", *trips, *caption]
    if result.text_interests:
        named = [
            shown_text_interest(one, result.bundle, language)
            for one in result.text_interests
        ]
        caption = [f"{texts['text_interests']}:", *named, *caption]
    table.caption = Text("\n".join(caption))
    return table
