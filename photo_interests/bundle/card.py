"""The card of a bundle: the one contract between training, predict and the app.

`card.json` describes how a photo becomes bytes, features and interests, and which
files do it. It is read strictly: what is unknown, missing or of the wrong kind is
an error that names it. `card_formats` has the forms a card may have.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from photo_interests.bundle.card_formats import Card, CardFormat1, CardFormat2
from photo_interests.bundle.card_sections import FileRecord
from photo_interests.files import write_atomically

__all__ = [
    "CARD_NAME",
    "Card",
    "CardError",
    "CardFormat1",
    "CardFormat2",
    "load_card",
    "parse_card",
    "record_file",
    "to_json",
    "verify_files",
    "write_card",
]

CARD_NAME = "card.json"
FORMATS: dict[int, type[CardFormat1] | type[CardFormat2]] = {
    1: CardFormat1,
    2: CardFormat2,
}
# Of a card's text, whatever the format.
KEYS = (
    "format",
    "name",
    "version",
    "license",
    "input",
    "features",
    "extractor",
    "aggregator",
    "events",
    "areas",
    "categories",
    "interests",
    "kinds",
    "thresholds",
    "tolerances",
    "minimum_runtime",
    "application_runtime",
    "golden",
    "training",
    "metrics",
    "lineage",
    "files",
)


class CardError(ValueError):
    """A bundle whose card or files are invalid."""


def load_card(bundle: Path, verify: bool = True) -> Card:
    """Read the card of a bundle.

    Args:
        bundle: Folder that holds `card.json` and the files it names.
        verify: Whether to check size and sha256 of each of these files.

    Raises:
        CardError: No card, an invalid card, or with `verify` a file
            that is missing or differs from its record.
    """
    path = Path(bundle) / CARD_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CardError(f"cannot read the bundle's card {path}: {error}") from error
    card = parse_card(text, origin=str(path))
    if verify:
        verify_files(card, Path(bundle))
    return card


def parse_card(text: str, origin: str = CARD_NAME) -> Card:
    """Check the JSON text of a card.

    Args:
        text: JSON.
        origin: Name of the text in errors.

    Raises:
        CardError: Not JSON, of an unknown format, or invalid; names each key that is
            wrong.
    """
    try:
        return _form(text, origin).model_validate_json(text)
    except ValidationError as error:
        problems = "\n".join(f"  {_explain(item)}" for item in error.errors())
        raise CardError(f"{origin} is not a card:\n{problems}") from error


def to_json(card: Card) -> str:
    """Text of a card: the same card gives the same bytes."""
    content = card.model_dump(mode="json")
    if card.lineage is None:
        del content["lineage"]
    ordered = {key: content[key] for key in KEYS if key in content}
    return json.dumps(ordered, indent=2, ensure_ascii=False) + "\n"


def write_card(card: Card, bundle: Path) -> None:
    """Write `card.json` into a bundle, whole or not at all."""
    write_atomically(Path(bundle) / CARD_NAME, to_json(card))


def record_file(path: Path) -> FileRecord:
    """Size and sha256 of a file, as the card's `files` states them."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileRecord(sha256=digest, bytes=path.stat().st_size)


def verify_files(card: Card, bundle: Path) -> None:
    """Compare the files of a bundle with their records in the card.

    Raises:
        CardError: Names the first file that is missing or differs.
    """
    for name, expected in card.files.items():
        path = bundle / name
        if not path.is_file():
            raise CardError(f"{bundle}: the card names {name}, which is missing")
        # The size first: it is free, and is clearer about a truncated download.
        if path.stat().st_size != expected.bytes:
            raise CardError(
                f"{path}: expected {expected.bytes} bytes, "
                f"received {path.stat().st_size}"
            )
        received = record_file(path)
        if received.sha256 != expected.sha256:
            raise CardError(
                f"{path}: expected sha256 {expected.sha256}, received {received.sha256}"
            )


def _form(text: str, origin: str) -> type[CardFormat1] | type[CardFormat2]:
    """Return the class for the format that a card states."""
    try:
        content = json.loads(text)
    except ValueError:
        content = None
    if not isinstance(content, dict) or "format" not in content:
        return CardFormat1  # whose own error explains what is wrong
    received = content["format"]
    if type(received) is not int or received not in FORMATS:
        newer = type(received) is int and received > max(FORMATS)
        hint = "; a newer version of this program may read it" if newer else ""
        raise CardError(
            f"{origin} is not a card:\n  format: expected "
            f"{' or '.join(map(str, FORMATS))}, received {received!r}{hint}"
        )
    return FORMATS[received]


def _explain(item: Any) -> str:
    where = ".".join(str(part) for part in item["loc"])
    match item["type"]:
        case "missing":
            received = item["input"]
            keys = sorted(received) if isinstance(received, dict) else received
            return f"missing key {where}: expected it, received only {keys}"
        case "extra_forbidden":
            return f"unknown key {where}: expected no such key"
        case "json_invalid":
            return f"expected JSON, received {item['msg']}"
        case "value_error":
            return f"{where}: {item['msg'].removeprefix('Value error, ')}".lstrip(": ")
        case _:
            return f"{where}: {item['msg']}, received {item['input']!r}"
