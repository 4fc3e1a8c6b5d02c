"""The card of a bundle: the one contract between training, predict and the app.

`card.json` describes how a photo becomes bytes, features and interests, and which
files do it. It is read strictly: what is unknown, missing or of the wrong kind is
an error that names it.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import ValidationError, model_validator

from photo_interests.bundle.card_sections import (
    Aggregator,
    Area,
    Category,
    ExtractorFiles,
    Features,
    FileName,
    FileRecord,
    Golden,
    Input,
    Lineage,
    Section,
    Shape,
    Text,
    Thresholds,
    Tolerances,
    Training,
    Version,
)
from photo_interests.files import write_atomically

CARD_NAME = "card.json"


class CardError(ValueError):
    """A bundle whose card or files are invalid."""


class Card(Section):
    """The description of a bundle; see `card_sections` for the parts."""

    format: Literal[1]
    name: Text
    version: Version
    license: Text
    input: Input
    features: Features
    extractor: ExtractorFiles
    aggregator: Aggregator
    areas: tuple[Area, ...]
    categories: tuple[Category, ...]
    thresholds: Thresholds
    tolerances: Tolerances
    minimum_runtime: dict[FileName, Version]
    application_runtime: Version
    golden: Golden
    training: Training
    metrics: dict[Text, float]
    lineage: Lineage | None = None
    files: dict[FileName, FileRecord]

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        _check_unique("area", [area.id for area in self.areas])
        _check_unique("category", [category.id for category in self.categories])
        _check_known(
            "area of a category",
            {category.area for category in self.categories},
            {area.id for area in self.areas},
        )
        _check_known(
            "file", {*self.model_files(), *self.golden.files()}, set(self.files)
        )
        if set(self.minimum_runtime) != self.model_files():
            raise ValueError(
                f"minimum_runtime: expected {sorted(self.model_files())}, "
                f"received {sorted(self.minimum_runtime)}"
            )
        self._check_predict()
        return self

    @property
    def features_key(self) -> str:
        """Names what features come of: the extractor and the rule for its pixels."""
        extractor = self.files[self.extractor.file].sha256
        rule = self.input.model_dump_json()
        return hashlib.sha256(f"{extractor} {rule}".encode()).hexdigest()

    def model_files(self) -> set[str]:
        """Names of the TFLite files."""
        names = {
            self.extractor.file,
            self.extractor.float_file,
            self.aggregator.file,
            self.aggregator.int8_file,
        }
        return {name for name in names if name is not None}

    def _check_predict(self) -> None:
        interests = len(self.categories)
        inputs: dict[str, Shape] = {"features": ("N", self.features.dimension)}
        outputs: dict[str, Shape] = {
            "probabilities": (interests,),
            "contributions": ("N", interests),
            "photo_probabilities": ("N", interests),
        }
        received = self.aggregator.signatures["predict"]
        if received.inputs != inputs or received.outputs != outputs:
            raise ValueError(
                f"aggregator.signatures.predict: expected {inputs} -> {outputs}, "
                f"received {received.inputs} -> {received.outputs}"
            )


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
        CardError: Not JSON, or invalid; names each key that is wrong.
    """
    try:
        return Card.model_validate_json(text)
    except ValidationError as error:
        problems = "\n".join(f"  {_explain(item)}" for item in error.errors())
        raise CardError(f"{origin} is not a card:\n{problems}") from error


def to_json(card: Card) -> str:
    """Text of a card: the same card gives the same bytes."""
    content = card.model_dump(mode="json")
    if card.lineage is None:
        del content["lineage"]
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


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


def _check_unique(what: str, ids: list[str]) -> None:
    repeated = [name for name, times in Counter(ids).items() if times > 1]
    if repeated:
        raise ValueError(f"{what} ids: expected each once, received twice {repeated}")


def _check_known(what: str, used: set[str], known: set[str]) -> None:
    if used - known:
        raise ValueError(
            f"{what}: expected one of {sorted(known)}, received {sorted(used - known)}"
        )
