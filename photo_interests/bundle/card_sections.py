"""The sections of a bundle's card, each checked on its own.

Every section refuses unknown and missing keys; nothing has a default, so that a
card is complete. (The card's section `lineage` alone may be absent: bundles were
released before there was one.) What one section must know of another is checked in
`card_formats`.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


class Section(BaseModel):
    """What all sections share: strict types, no unknown key, no change."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        # Worker processes get a card and never check one.
        defer_build=True,
    )


def _inside_bundle(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name:
        raise ValueError("expected a relative path that stays inside the bundle")
    return name


def _has_english(names: dict[str, str]) -> dict[str, str]:
    if not names.get("en"):
        raise ValueError("expected an English name under 'en'")
    return names


def in_language(names: Mapping[str, str], language: str) -> str:
    """Return a name, in English where a language has none.

    Args:
        names: Names by language, as cards have them.
        language: Code of the language, such as `de`.
    """
    return names.get(language, names["en"])


Text = Annotated[str, Field(min_length=1)]
FileName = Annotated[Text, AfterValidator(_inside_bundle)]
Names = Annotated[dict[str, Text], AfterValidator(_has_english)]
Count = Annotated[int, Field(gt=0)]
Size = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
Byte = Annotated[int, Field(ge=0, le=255)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Version = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
Shape = tuple[Count | Literal["N"], ...]


class ReducedDecode(Section):
    """How far a JPEG may be shrunk while it is decoded."""

    factors: tuple[Count, ...]
    minimum_side: Count

    @model_validator(mode="after")
    def _factors_rise_from_one(self) -> Self:
        if self.factors[:1] != (1,) or list(self.factors) != sorted(set(self.factors)):
            raise ValueError(f"expected factors rising from 1, received {self.factors}")
        return self


class Input(Section):
    """The rule that turns a photo file into the extractor's input bytes."""

    height: Count
    width: Count
    channels: Literal["RGB"]
    dtype: Literal["uint8"]
    scale: Positive
    zero_point: Byte
    resize: Literal["squash"]
    filter: Literal["triangle"]
    crop: Literal["none"]
    exif_orientation: Literal[True]
    color_space: Literal["sRGB"]
    background: tuple[Byte, Byte, Byte]
    reduced_decode: ReducedDecode


class Features(Section):
    """The stored features of a photo: `dimension` bytes."""

    dimension: Count
    dtype: Literal["uint8"]
    scale: Positive
    zero_point: Byte


class ExtractorFiles(Section):
    """Photo bytes to features."""

    file: FileName
    float_file: FileName


class Signature(Section):
    """Named inputs and outputs with their shapes; "N" is the number of photos."""

    inputs: dict[Text, Shape]
    outputs: dict[Text, Shape]


class State(Section):
    """What `update` carries from one chunk of photos to the next."""

    shape: tuple[Count, ...]
    initial: float
    merge: Literal["logaddexp", "add"]


class Aggregator(Section):
    """Features of all photos to interests.

    `file` is in floating point. `int8_file` is there where it is accurate enough, and
    then it is what predict and the app run.
    """

    kind: Text
    file: FileName
    int8_file: FileName | None
    signatures: dict[Text, Signature]
    state: State | None
    maximum_photos: Count

    @property
    def run_file(self) -> str:
        """Name of the file that predict and the app run."""
        return self.int8_file or self.file

    @model_validator(mode="after")
    def _signatures_fit_state(self) -> Self:
        expected = {"predict"} | ({"update", "finish"} if self.state else set())
        if set(self.signatures) != expected:
            raise ValueError(
                f"expected signatures {sorted(expected)}, "
                f"received {sorted(self.signatures)}"
            )
        return self


class Area(Section):
    """A group of interests, such as animals."""

    id: Text
    names: Names


class Category(Section):
    """One interest; its place in the list is its index in the outputs."""

    id: Text
    names: Names
    area: Text


class Thresholds(Section):
    """From which probability something counts as found."""

    interest: Share
    photo: Share


class Tolerances(Section):
    """How far another implementation may be from the golden files."""

    pixels_mean_absolute: Positive
    features_cosine_distance: Positive
    probabilities: Positive


class GoldenCase(Section):
    """One image with its expected pixels and features."""

    image: FileName
    pixels: FileName
    features: FileName


class GoldenSet(Section):
    """Features of one set of photos with the expected outputs."""

    features: FileName
    probabilities: FileName
    contributions: FileName
    photo_probabilities: FileName


class Golden(Section):
    """Files that every implementation must reproduce."""

    directory: FileName
    cases: tuple[GoldenCase, ...]
    set: GoldenSet

    def files(self) -> list[str]:
        """Names of all golden files."""
        groups = [*self.cases, self.set]
        return [name for group in groups for name in group.model_dump().values()]


class PhotoCounts(Section):
    """How many photos each split had."""

    train: Size
    validation: Size
    test: Size


class Source(Section):
    """A set of photos with the attribution its licence asks for."""

    name: Text
    license: Text
    attribution: Text


class Training(Section):
    """What the bundle was trained on, and how."""

    summary: Text
    photos: PhotoCounts
    sources: tuple[Source, ...]
    commands: tuple[Text, ...]
    config: Text


class Step(Section):
    """A run that led to the bundle, with the hashes of what it read and left."""

    kind: Text
    name: Text
    command: Text
    inputs: dict[Text, Sha256]
    sha256: Sha256


class Lineage(Section):
    """Which parts belong together, whatever metadata is embedded in their files.

    `extractor` and `features` are hashes of the extractor's int8 file and of the
    features by it that the aggregator was trained on; `models` are those of what each
    model file of the bundle computes.
    """

    extractor: Sha256
    features: Sha256
    models: dict[FileName, Sha256]
    steps: tuple[Step, ...]


class FileRecord(Section):
    """What a file of the bundle must be."""

    sha256: Sha256
    bytes: Size
