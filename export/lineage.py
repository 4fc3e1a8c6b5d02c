"""Which extractor, features and aggregator belong together: recorded, and refused."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from export.bundle_reader import BundleReader
from export.tflite_file import TFLiteFile
from photo_interests.bundle.card_sections import Lineage, Step
from training.features.feature_set import FeatureSet
from training.runs import RECORD, Record, lineage
from training.runs.tflite_hash import computation_sha256

RELEASED = Path(__file__).parent / "released_lineage.json"
"""Lineage of the bundles that were released before cards had one, by bundle."""
FEATURES = "features"
EXTRACTOR = "extractor"


@dataclass(frozen=True)
class Origin:
    """What an aggregator was trained on.

    Attributes:
        extractor: Hash of what the extractor of the features computes.
        features: Hash of the features.
        steps: Runs that led to the aggregator, in their order.
    """

    extractor: str
    features: str
    steps: tuple[Step, ...] = ()


def origin_of(aggregator: Path, features: FeatureSet, runs: Path) -> Origin:
    """Read from its record what a trained aggregator comes from.

    Args:
        aggregator: The file `aggregator.keras` of a run.
        features: The feature set that it is to have been trained on.
        runs: Folder of all runs.

    Raises:
        ValueError: There is no record, or it names other features.
    """
    folder = aggregator.resolve().parent
    if not (folder / RECORD).is_file():
        raise ValueError(
            f"{aggregator}: expected {RECORD} beside it, the record of what it was "
            "trained on, received none; train it again"
        )
    record = Record.load(folder)
    received = record.inputs.get(FEATURES)
    if received != features.sha256:
        raise ValueError(
            f"{aggregator}: expected an aggregator trained on the features of sha256 "
            f"{features.sha256}, received one trained on those of sha256 {received}"
        )
    steps = tuple(step_of(one) for one in lineage(record, runs))
    return Origin(features.extractor_sha256, features.sha256, steps)


def origin_of_bundle(reader: BundleReader) -> Origin:
    """Give what the aggregator of a bundle was trained on.

    Raises:
        ValueError: Neither its card nor the list of released bundles says so.
    """
    found = _lineage_of(reader)
    return Origin(found.extractor, found.features, found.steps)


def step_of(record: Record) -> Step:
    """Give a record as the card lists it."""
    return Step(
        kind=record.kind,
        name=record.name,
        command=record.command,
        inputs=dict(record.inputs),
        sha256=record.sha256,
    )


def lineage_section(origin: Origin, models: dict[str, TFLiteFile]) -> Lineage:
    """Make the card's section for models that belong together.

    Args:
        origin: What the aggregator was trained on.
        models: All model files of the bundle by name.
    """
    hashes = {n: computation_sha256(m.content) for n, m in sorted(models.items())}
    return Lineage(
        extractor=origin.extractor,
        features=origin.features,
        models=hashes,
        steps=origin.steps,
    )


def check_extractor(origin: Origin, extractor: TFLiteFile) -> None:
    """Refuse an extractor whose features the aggregator was not trained on.

    Raises:
        ValueError: Names both.
    """
    received = computation_sha256(extractor.content)
    if received != origin.extractor:
        raise ValueError(
            f"{extractor.name} and the aggregator do not belong together: the "
            "aggregator was trained on features of the extractor with sha256 "
            f"{origin.extractor}, received the extractor with sha256 {received}"
        )


def check_lineage(reader: BundleReader) -> str:
    """Extractor and aggregator belong together, and are the ones recorded."""
    found = _lineage_of(reader)
    origin = Origin(found.extractor, found.features)
    check_extractor(origin, reader.model(reader.card.extractor.file))
    received = {m.name: computation_sha256(m.content) for m in reader.models()}
    for name in sorted(received.keys() | found.models.keys()):
        if received.get(name) != found.models.get(name):
            raise ValueError(
                f"{name}: expected a model with sha256 {found.models.get(name)}, "
                f"received {received.get(name)}"
            )
    for step in found.steps:
        _check_features_step(step, found)
    listed = "recorded in the card" if reader.card.lineage else "of a released bundle"
    return f"{listed}; extractor {found.extractor[:12]}, {len(found.steps)} steps"


def _check_features_step(step: Step, found: Lineage) -> None:
    if step.sha256 == found.features and step.inputs.get(EXTRACTOR) != found.extractor:
        raise ValueError(
            f"features {step.name}: expected those of the extractor with sha256 "
            f"{found.extractor}, received those of {step.inputs.get(EXTRACTOR)}"
        )


def _lineage_of(reader: BundleReader) -> Lineage:
    card = reader.card
    if card.lineage is not None:
        return card.lineage
    aggregator = computation_sha256(reader.model(card.aggregator.file).content)
    for one in released_lineages().values():
        if one.models.get(card.aggregator.file) == aggregator:
            return one
    raise ValueError(
        "expected the section lineage in the card, or the aggregator of a released "
        f"bundle, received no section and an aggregator with sha256 {aggregator}"
    )


def released_lineages() -> dict[str, Lineage]:
    """Read the lineage of the bundles that were released before cards had one."""
    return TypeAdapter(dict[str, Lineage]).validate_json(RELEASED.read_bytes())
