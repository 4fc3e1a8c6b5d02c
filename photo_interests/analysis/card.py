"""The card of an analyzer: its input, files, labels, thresholds and licence.

The same contract as a bundle's card (`photo_interests.bundle.card`), one for each
analyzer, read by Python and by the app.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from photo_interests.bundle.card import CARD_NAME, CardError, record_file
from photo_interests.bundle.card_sections import (
    Byte,
    Count,
    FileName,
    FileRecord,
    Names,
    Section,
    Sha256,
    Source,
    Text,
    Version,
)
from photo_interests.files import write_atomically


class PixelInput(Section):
    """RGB bytes of a photo that is fitted into a square, at the top left of it."""

    kind: Literal["pixels"] = "pixels"
    side: Count
    channels: Literal["RGB"] = "RGB"
    dtype: Literal["uint8"] = "uint8"
    resize: Literal["letterbox"] = "letterbox"
    filter: Literal["triangle"] = "triangle"
    background: tuple[Byte, Byte, Byte]


class FeatureInput(Section):
    """Stored features of one extractor, named by the hash of its file."""

    kind: Literal["features"] = "features"
    dimension: Count
    dtype: Literal["uint8"] = "uint8"
    extractor: Sha256


class PositionInput(Section):
    """The position in a photo's EXIF block, in degrees north and east."""

    kind: Literal["position"] = "position"


class WordInput(Section):
    """Words that a person searches for."""

    kind: Literal["words"] = "words"


class Label(Section):
    """Something an analyzer can find; its place in the list is its index.

    `phrases` is what a sentence says of one ("a dog", "on a beach"), `plurals` of
    several; `group` and `indoor` are of scenes.
    """

    id: Text
    names: Names
    phrases: Names
    plurals: Names | None = None
    group: Text | None = None
    indoor: bool | None = None


class Group(Section):
    """Labels that people call by one name."""

    id: Text
    names: Names


class AnalyzerCard(Section):
    """The description of an analyzer.

    `gate` has ids of kinds of the bundle: the analyzer runs on photos that show one of
    them, and on all photos where the card has no `gate`. `golden` names a file of
    inputs and outputs that every implementation gives within `tolerances`.
    """

    format: Literal[1] = 1
    name: Text
    version: Version
    license: Text
    input: Annotated[
        PixelInput | FeatureInput | PositionInput | WordInput,
        Field(discriminator="kind"),
    ]
    model: FileName
    labels: tuple[Label, ...]
    groups: tuple[Group, ...]
    gate: tuple[Text, ...] = ()
    thresholds: dict[Text, float]
    tolerances: dict[Text, float] = {}
    golden: FileName | None = None
    training_data: Text
    sources: tuple[Source, ...]
    files: dict[FileName, FileRecord]

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        for key, name in (("model", self.model), ("golden", self.golden)):
            if name is not None and name not in self.files:
                raise ValueError(
                    f"{key}: expected one of {sorted(self.files)}, received {name}"
                )
        used = {label.group for label in self.labels} - {None}
        known = {group.id for group in self.groups}
        if used != known:
            raise ValueError(
                f"groups: expected {sorted(map(str, used))}, received {sorted(known)}"
            )
        return self

    def is_open(self, kinds: Mapping[str, float]) -> bool:
        """Whether an analyzer with a `gate` runs on a photo.

        Args:
            kinds: Probability of each kind of the bundle that the photo may show.
        """
        likely = sum(kinds.get(kind, 0.0) for kind in self.gate)
        return likely >= self.thresholds["gate"]


def load_analyzer(folder: Path, name: str, verify: bool = False) -> AnalyzerCard:
    """Read the card of an analyzer.

    Args:
        folder: Folder with `card.json` and the files it names.
        name: Name of the analyzer that is expected there.
        verify: Whether to check size and sha256 of each file.

    Raises:
        CardError: The card is missing, invalid or of another analyzer, or a file
            differs from its record.
    """
    path = folder / CARD_NAME
    try:
        card = AnalyzerCard.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise CardError(f"cannot read the analyzer's card {path}: {error}") from error
    if card.name != name:
        raise CardError(f"{path}: expected the card of {name}, received {card.name}")
    if verify:
        _verify(card, folder)
    return card


def write_analyzer(card: AnalyzerCard, folder: Path) -> None:
    """Write `card.json`, whole or not at all.

    Args:
        card: Card of the analyzer.
        folder: Folder that holds its files.
    """
    write_atomically(folder / CARD_NAME, card.model_dump_json(indent=2) + "\n")


def _verify(card: AnalyzerCard, folder: Path) -> None:
    for name, expected in card.files.items():
        path = folder / name
        received = record_file(path) if path.is_file() else "no file"
        if received != expected:
            raise CardError(f"{path}: expected {expected}, received {received}")
