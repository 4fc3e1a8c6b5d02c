"""The forms of a bundle's card: what its sections must know of each other.

Format 1 predicts one list of categories. Format 2 predicts two: interests, as people
name them, and kinds, which is what photos show; it weighs photos by events.
"""

import hashlib
from collections import Counter
from typing import Literal, Self

from pydantic import model_validator

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
    Signature,
    Text,
    Thresholds,
    Tolerances,
    Training,
    Version,
)
from photo_interests.bundle.interest_sections import (
    Events,
    GoldenOfInterests,
    Interest,
    Kind,
    ThresholdsOfInterests,
)


class CommonCard(Section):
    """What cards of all formats have; see `card_sections` for the parts."""

    format: int
    name: Text
    version: Version
    license: Text
    input: Input
    features: Features
    extractor: ExtractorFiles
    aggregator: Aggregator
    areas: tuple[Area, ...]
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
    def _files_fit(self) -> Self:
        _check_unique("area", [area.id for area in self.areas])
        _check_known(
            "file", {*self.model_files(), *self.golden.files()}, set(self.files)
        )
        if set(self.minimum_runtime) != self.model_files():
            raise ValueError(
                f"minimum_runtime: expected {sorted(self.model_files())}, "
                f"received {sorted(self.minimum_runtime)}"
            )
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


class CardFormat1(CommonCard):
    """A card whose model predicts one list of categories from features alone."""

    format: Literal[1]
    categories: tuple[Category, ...]

    @property
    def interests(self) -> tuple[Category, ...]:
        """What the model predicts, in the order of its outputs."""
        return self.categories

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What photos show, in the order of the outputs: not in this format."""
        return ()

    @model_validator(mode="after")
    def _outputs_fit(self) -> Self:
        _check_interests("category", self.categories, self.areas)
        if self.aggregator.state is not None:
            _check_merge(self.aggregator.state.merge, "logaddexp")
        interests = len(self.categories)
        expected = Signature(
            inputs={"features": ("N", self.features.dimension)},
            outputs={
                "probabilities": (interests,),
                "contributions": ("N", interests),
                "photo_probabilities": ("N", interests),
            },
        )
        _check_signature(self.aggregator, "predict", expected)
        return self


class CardFormat2(CommonCard):
    """A card whose model counts the events that show an interest.

    It predicts interests and kinds, and takes the weight of each photo.
    """

    format: Literal[2]
    events: Events
    interests: tuple[Interest, ...]
    kinds: tuple[Kind, ...]
    thresholds: ThresholdsOfInterests
    golden: GoldenOfInterests

    @model_validator(mode="after")
    def _outputs_fit(self) -> Self:
        _check_interests("interest", self.interests, self.areas)
        _check_unique("kind", [kind.id for kind in self.kinds])
        _check_known(
            "interest of a kind",
            {interest for kind in self.kinds for interest in kind.interests},
            {interest.id for interest in self.interests},
        )
        state = self.aggregator.state
        if state is None:
            raise ValueError("aggregator.state: expected a state, received None")
        _check_merge(state.merge, "add")
        for name, expected in self._signatures(state.shape).items():
            _check_signature(self.aggregator, name, expected)
        return self

    def _signatures(self, state: Shape) -> dict[str, Signature]:
        interests, kinds = len(self.interests), len(self.kinds)
        photos: dict[str, Shape] = {
            "features": ("N", self.features.dimension),
            "weights": ("N",),
        }
        read: dict[str, Shape] = {
            "probabilities": (interests,),
            "kind_probabilities": (kinds,),
            "photos": (interests,),
            "events": (interests,),
            "evident": (interests,),
        }
        per_photo: dict[str, Shape] = {
            "photo_probabilities": ("N", interests),
            "contributions": ("N", interests),
            "photo_kind_probabilities": ("N", kinds),
        }
        return {
            "predict": Signature(inputs=photos, outputs=read | per_photo),
            "update": Signature(
                inputs=photos | {"state": state},
                outputs={"state": state} | self._update_outputs(interests),
            ),
            "finish": Signature(inputs={"state": state}, outputs=read),
        }

    def _update_outputs(self, interests: int) -> dict[str, Shape]:
        """What `update` gives beside the state: nothing before everyday 2.0.1."""
        name = "photo_probabilities"
        given = name in self.aggregator.signatures["update"].outputs
        return {name: ("N", interests)} if given else {}


Card = CardFormat1 | CardFormat2


def _check_signature(aggregator: Aggregator, name: str, expected: Signature) -> None:
    received = aggregator.signatures[name]
    if received != expected:
        raise ValueError(
            f"aggregator.signatures.{name}: expected {expected.inputs} -> "
            f"{expected.outputs}, received {received.inputs} -> {received.outputs}"
        )


def _check_merge(received: str, expected: str) -> None:
    if received != expected:
        raise ValueError(
            f"aggregator.state.merge: expected {expected!r}, received {received!r}"
        )


def _check_interests(
    what: str, interests: tuple[Category, ...], areas: tuple[Area, ...]
) -> None:
    _check_unique(what, [interest.id for interest in interests])
    _check_known(
        f"area of {'an interest' if what == 'interest' else 'a category'}",
        {interest.area for interest in interests},
        {area.id for area in areas},
    )


def _check_unique(what: str, ids: list[str]) -> None:
    repeated = [name for name, times in Counter(ids).items() if times > 1]
    if repeated:
        raise ValueError(f"{what} ids: expected each once, received twice {repeated}")


def _check_known(what: str, used: set[str], known: set[str]) -> None:
    if used - known:
        raise ValueError(
            f"{what}: expected one of {sorted(known)}, received {sorted(used - known)}"
        )
