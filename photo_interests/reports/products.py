r"""Recommended products as a table, as JSON and as one HTML page.

The JSON::

    {
      "format": 1,
      "bundle": {"name": str, "version": str},
      "catalogue": str,               # as it was given
      "photos": int,                  # and videos that were read
      "skipped": [{"path": str, "reason": str}],
      "excluded": {str: int},         # entries of folders not to be read, by kind
      "products": [                   # best first
        {
          "id": str, "title": str, "link": str,   # the owner's
          "score": float,             # only ratios mean anything
          "match": float,             # score in parts of the best product's
          "interest": {"id": str, "name": str, "probability": float},
          "photo": str,               # path of the photo that contributes most
          "photo_second": float,      # of videos alone: when that frame is shown
          "suits": bool               # false: no interest reaches the threshold
        }
      ]
    }
"""

from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from photo_interests.predict import Prediction
from photo_interests.recommendation.catalogue_file import read_thumbnail
from photo_interests.recommendation.products import is_web_link
from photo_interests.recommendation.ranking import Recommendation
from photo_interests.reports.formatting import (
    shown_files,
    shown_frame,
    shown_path,
    shown_read,
    shown_share,
)
from photo_interests.reports.interests import named
from photo_interests.reports.json_content import accounting, encode_json
from photo_interests.reports.page import page_template
from photo_interests.reports.pictures import Pictures
from photo_interests.reports.products_texts import TEXTS

FORMAT = 1
PHOTO = (96, 96)
BAR_WIDTH = 12


def make_products_json(
    prediction: Prediction,
    products: Sequence[Recommendation],
    catalogue: Path,
    language: str,
) -> bytes:
    """Write the products as UTF-8 JSON of the form above."""
    card = prediction.card
    content = {
        "format": FORMAT,
        "bundle": {"name": card.name, "version": card.version},
        "catalogue": str(catalogue),
        "photos": len(prediction.photos),
        **accounting(prediction.skipped, prediction.excluded),
        "products": [
            {
                "id": each.item.id,
                "title": each.item.title,
                "link": each.item.link,
                "score": each.score,
                "match": each.match,
                "interest": {
                    "id": each.interest.id,
                    "name": named(each.interest, language),
                    "probability": each.probability,
                },
                "photo": str(each.photo),
                **({} if each.second is None else {"photo_second": each.second}),
                "suits": each.suits,
            }
            for each in products
        ],
    }
    return encode_json(content)


def make_products_table(
    prediction: Prediction, products: Sequence[Recommendation], language: str
) -> Table:
    """Lay out products, best first, each with its interest and photo."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, caption_justify="left")
    table.add_column("", justify="right")
    table.add_column("Product", overflow="fold")
    table.add_column("Match", no_wrap=True)
    table.add_column("Because of", overflow="fold")
    for place, each in enumerate(products, start=1):
        table.add_row(
            str(place),
            Text(shown_path(each.item.title)),
            Text(("█" * round(each.match * BAR_WIDTH)).ljust(BAR_WIDTH), "cyan"),
            _reason(each, language),
        )
    card = prediction.card
    table.caption = Text(
        shown_read(
            len(prediction.photos) - prediction.videos,
            prediction.videos,
            f"{card.name} {card.version}",
            language,
        )
    )
    return table


def _reason(product: Recommendation, language: str) -> Text:
    if not product.suits:
        return Text(str(TEXTS[language]["fills"]), "dim")
    return Text.assemble(
        named(product.interest, language),
        (f" {shown_share(product.probability, language)}", "dim"),
        f", {_photo_name(product)}",
    )


def make_products_html(
    prediction: Prediction,
    products: Sequence[Recommendation],
    catalogue_file: Path,
    language: str,
) -> str:
    """Return a page with the products, each with its interest and photo."""
    pictures = Pictures()
    pictures.add_photos(prediction, [each.still for each in products], PHOTO)
    small = [read_thumbnail(catalogue_file, each.row) for each in products]
    return page_template("recommend.html.jinja", language).render(
        language=language,
        texts=TEXTS[language],
        card=prediction.card,
        files=shown_files(
            len(prediction.photos) - prediction.videos, prediction.videos, language
        ),
        skipped=prediction.skipped,
        products=[
            {
                "title": shown_path(each.item.title),
                "link": safe_link(each.item.link),
                "match": each.match,
                "interest": each.interest,
                "probability": each.probability,
                "suits": each.suits,
                "picture": pictures.add(webp) if webp else "",
                "photo": pictures.css_class(each.still),
                "photo_name": _photo_name(each),
            }
            for each, webp in zip(products, small, strict=True)
        ],
        rules=pictures.rules,
    )


def _photo_name(product: Recommendation) -> str:
    return shown_path(shown_frame(product.photo.name, product.second))


def safe_link(link: str) -> str:
    """Return the link if a page may show it: one to the web; else ""."""
    return link if is_web_link(link) else ""
