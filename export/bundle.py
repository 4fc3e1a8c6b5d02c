"""A bundle: card, models, labels, golden files; written whole or not at all."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from export import aggregator as aggregator_export
from export import extractor as extractor_export
from export import golden
from export.aggregator import AggregatorFiles, export_aggregator
from export.answers import QUANTISED_RUN_TOLERANCE, RUN_TOLERANCE
from export.attribution import NAME as ATTRIBUTION_NAME
from export.attribution import attribution
from export.lineage import Origin, check_extractor, lineage_section
from export.metadata import (
    embed,
    expected_attachments,
    expected_metadata,
    label_files,
)
from export.model_rules import APPLICATION_RUNTIME, EXTRACTOR_SIGNATURE
from export.tflite_file import TFLiteFile
from export.verify import failures, verify
from photo_interests.bundle.card import CARD_NAME, Card, record_file, write_card
from photo_interests.bundle.card_sections import (
    Aggregator as AggregatorSection,
)
from photo_interests.bundle.card_sections import (
    Area,
    Category,
    ExtractorFiles,
    Features,
    Golden,
    Input,
    Signature,
    State,
    Thresholds,
    Tolerances,
    Training,
)
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.files import replacing
from training.aggregators.aggregator import Aggregator
from training.photos.catalogue import Catalogue

LICENSE = "Apache-2.0"
MAXIMUM_PHOTOS = 4096
GOLDEN_SEED = 20

logger = logging.getLogger(__name__)


class BundleError(ValueError):
    """A bundle that cannot be made, or fails its verification."""


@dataclass(frozen=True)
class BundleParts:
    """What a bundle is made of.

    Attributes:
        name: of the bundle.
        version: of the bundle, three numbers.
        extractor: folder with both extractor files: an export or a bundle.
        aggregator: built, with its weights.
        features: stored features (photos, dimension) of real photos; the golden set
            draws from them, and conversions are compared on them.
        origin: what the aggregator was trained on.
        catalogue: what the aggregator's outputs mean.
        training: what it was trained on.
        metrics: flat names with values.
    """

    name: str
    version: str
    extractor: Path
    aggregator: Aggregator
    features: npt.NDArray[np.uint8]
    origin: Origin
    catalogue: Catalogue
    training: Training
    metrics: dict[str, float]


def write_bundle(parts: BundleParts, out: Path) -> Path:
    """Build, verify and put in place a bundle; the old one stays until then.

    Args:
        parts: what it is made of.
        out: folder of bundles.

    Returns:
        The bundle's folder.

    Raises:
        BundleError: parts that do not fit together, or a failed verification.
        ValueError: a conversion that breaks a rule.
    """
    target = out / parts.name
    with replacing(target) as building:
        build(parts, building)
        problems = failures(verify(building))
        if problems:
            listed = "\n".join(f"  {check.name}: {check.detail}" for check in problems)
            raise BundleError(f"{parts.name} fails its verification:\n{listed}")
    logger.info("wrote %s", target)
    return target


def build(parts: BundleParts, directory: Path) -> Card:
    """Write all files of a bundle into an empty folder."""
    models = _read_extractor(parts.extractor)
    features = _features_section(models)
    _check_fit(parts, features)
    check_extractor(parts.origin, models[extractor_export.QUANTISED_NAME])
    extractor = models[extractor_export.QUANTISED_NAME].content
    rule = input_rule(models[extractor_export.QUANTISED_NAME])
    cases, drawn = golden.write_cases(directory, rule, extractor)
    photos = golden.choose_set(drawn, parts.features, GOLDEN_SEED)
    files = export_aggregator(parts.aggregator, parts.features, [photos])
    models |= _aggregator_models(files)
    run = files.quantised or files.floating
    sections = {
        **_fixed_sections(),
        "tolerances": _tolerances(files),
        **_catalogue_sections(parts.catalogue),
        "name": parts.name,
        "version": parts.version,
        "input": rule,
        "features": features,
        "aggregator": _aggregator_section(parts.aggregator, files),
        "minimum_runtime": {n: m.minimum_runtime for n, m in sorted(models.items())},
        "golden": Golden(
            directory=golden.DIRECTORY,
            cases=cases,
            set=golden.write_set(directory, run.content, photos),
        ),
        "training": parts.training,
        "metrics": parts.metrics,
        "lineage": lineage_section(parts.origin, models),
    }
    # Files tell their metadata from the card, and the card their hashes.
    draft = Card.model_construct(**sections, files={})
    _write_files(draft, models, directory)
    card = Card(**sections, files=_records(directory))
    write_card(card, directory)
    return card


def _read_extractor(folder: Path) -> dict[str, TFLiteFile]:
    models = {}
    for name in (extractor_export.QUANTISED_NAME, extractor_export.FLOAT_NAME):
        path = folder / name
        if not path.is_file():
            raise BundleError(
                f"expected {name} in {folder}, which `python -m export extractor` "
                "writes, received no such file"
            )
        models[name] = TFLiteFile.read(path)
    return models


def input_rule(extractor: TFLiteFile) -> Input:
    """Returns the rule for photos of an extractor's size.

    What is decoded is as many times as large as in `INPUT_RULE`.

    Raises:
        BundleError: its photos are not square.
    """
    shape = extractor.signatures[EXTRACTOR_SIGNATURE].inputs["image"].shape
    _, height, width, _ = shape
    if height != width:
        raise BundleError(
            f"{extractor.name}: expected square photos, received {height} x {width}"
        )
    side = INPUT_RULE.reduced_decode.minimum_side * height // INPUT_RULE.height
    reduced = INPUT_RULE.reduced_decode.model_copy(update={"minimum_side": side})
    return INPUT_RULE.model_copy(
        update={"height": height, "width": width, "reduced_decode": reduced}
    )


def _features_section(models: dict[str, TFLiteFile]) -> Features:
    quantised = models[extractor_export.QUANTISED_NAME]
    record = quantised.signatures[EXTRACTOR_SIGNATURE].outputs["features"]
    return Features(
        dimension=record.shape[-1],
        dtype="uint8",
        scale=record.scale,
        zero_point=record.zero_point,
    )


def _check_fit(parts: BundleParts, features: Features) -> None:
    aggregator = parts.aggregator
    expected = {
        "dimension": features.dimension,
        "feature scale": float(np.float32(features.scale)),
        "categories": len(parts.catalogue.categories),
        "features": features.dimension,
    }
    received = {
        "dimension": aggregator.dimension,
        "feature scale": float(np.float32(aggregator.feature_scale)),
        "categories": aggregator.categories,
        "features": parts.features.shape[-1],
    }
    if received != expected:
        raise BundleError(
            f"the aggregator does not fit: extractor and catalogue give {expected}, "
            f"received {received}"
        )


def _aggregator_models(files: AggregatorFiles) -> dict[str, TFLiteFile]:
    models = {aggregator_export.FLOAT_NAME: files.floating}
    if files.quantised is not None:
        models[aggregator_export.QUANTISED_NAME] = files.quantised
    return models


def _aggregator_section(
    aggregator: Aggregator, files: AggregatorFiles
) -> AggregatorSection:
    state = aggregator.state_spec()
    signatures = {
        name: Signature(
            inputs={key: _shape(item.shape) for key, item in record.inputs.items()},
            outputs={key: _shape(item.shape) for key, item in record.outputs.items()},
        )
        for name, record in sorted(files.floating.signatures.items())
    }
    return AggregatorSection(
        # Classes are named after their file.
        kind=aggregator.kind,
        file=aggregator_export.FLOAT_NAME,
        int8_file=aggregator_export.QUANTISED_NAME if files.quantised else None,
        signatures=signatures,
        state=None if state is None else State(**state._asdict()),
        maximum_photos=MAXIMUM_PHOTOS,
    )


def _shape(sizes: tuple[int, ...]) -> tuple[Any, ...]:
    return tuple("N" if size < 0 else size for size in sizes)


def _fixed_sections() -> dict[str, Any]:
    return {
        "format": 1,
        "license": LICENSE,
        "extractor": ExtractorFiles(
            file=extractor_export.QUANTISED_NAME,
            float_file=extractor_export.FLOAT_NAME,
        ),
        "thresholds": Thresholds(interest=0.5, photo=0.5),
        "application_runtime": APPLICATION_RUNTIME,
    }


def _tolerances(files: AggregatorFiles) -> Tolerances:
    # Runtimes round what int8 weights are multiplied with in ways of their own.
    probabilities = (
        RUN_TOLERANCE if files.quantised is None else QUANTISED_RUN_TOLERANCE
    )
    return Tolerances(
        pixels_mean_absolute=2.0,
        features_cosine_distance=0.005,
        probabilities=probabilities,
    )


def _catalogue_sections(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "areas": tuple(Area(id=a.id, names=a.names) for a in catalogue.areas),
        "categories": tuple(
            Category(id=c.id, names=c.names, area=c.area) for c in catalogue.categories
        ),
    }


def _write_files(card: Card, models: dict[str, TFLiteFile], directory: Path) -> None:
    for name, model in models.items():
        metadata = expected_metadata(card, name, model)
        content = embed(model, metadata, expected_attachments(card, name))
        (directory / name).write_bytes(content)
    for name, labels in label_files(card).items():
        (directory / name).write_bytes(labels)
    (directory / ATTRIBUTION_NAME).write_text(attribution(card), encoding="utf-8")


def _records(directory: Path) -> dict[str, Any]:
    return {
        path.relative_to(directory).as_posix(): record_file(path)
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.name != CARD_NAME
    }
