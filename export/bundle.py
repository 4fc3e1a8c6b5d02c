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
from export.aggregator import AggregatorFiles, Exportable, export_aggregator
from export.attribution import NAME as ATTRIBUTION_NAME
from export.attribution import attribution
from export.card_parts import (
    aggregator_section,
    catalogue_sections,
    features_section,
    fixed_sections,
    input_rule,
    tolerances,
)
from export.interest_card import interest_sections
from export.labels import label_files
from export.lineage import Origin, check_extractor, lineage_section
from export.metadata import (
    embed,
    expected_attachments,
    expected_metadata,
)
from export.tflite_file import TFLiteFile
from export.verify import failures, verify
from photo_interests.bundle.card import (
    CARD_NAME,
    Card,
    CardFormat1,
    CardFormat2,
    record_file,
    write_card,
)
from photo_interests.bundle.card_sections import Features, Training
from photo_interests.files import replacing
from training.interests.interest_graph import InterestGraph
from training.photos.catalogue import Catalogue
from training.vocabulary.interests import Interests

GOLDEN_SEED = 20

logger = logging.getLogger(__name__)


class BundleError(ValueError):
    """A bundle that cannot be made, or fails its verification."""


@dataclass(frozen=True)
class BundleParts:
    """The parts of a bundle.

    Attributes:
        name: of the bundle.
        version: of the bundle, three numbers.
        extractor: folder with both extractor files: an export or a bundle.
        aggregator: built, with its weights.
        features: stored features (photos, dimension) of real photos; the golden set
            draws from them, and conversions are compared on them.
        origin: what the aggregator was trained on.
        catalogue: what the aggregator's outputs mean; the taxonomy of interests for
            an `InterestGraph`.
        training: what it was trained on.
        metrics: flat names with values.
        gap_minutes: photos farther apart are of different events; for an
            `InterestGraph` alone.
    """

    name: str
    version: str
    extractor: Path
    aggregator: Exportable
    features: npt.NDArray[np.uint8]
    origin: Origin
    catalogue: Catalogue | Interests
    training: Training
    metrics: dict[str, float]
    gap_minutes: int = 10


def write_bundle(parts: BundleParts, out: Path) -> Path:
    """Build, verify and put in place a bundle; the old one stays until then.

    Args:
        parts: of the bundle.
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
    features = features_section(models)
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
        **fixed_sections(),
        "tolerances": tolerances(files),
        **_predicted(parts),
        "name": parts.name,
        "version": parts.version,
        "input": rule,
        "features": features,
        "aggregator": aggregator_section(parts.aggregator, files),
        "minimum_runtime": {n: m.minimum_runtime for n, m in sorted(models.items())},
        "golden": golden.write_set(directory, run.content, photos, cases),
        "training": parts.training,
        "metrics": parts.metrics,
        "lineage": lineage_section(parts.origin, models),
    }
    # Files tell their metadata from the card, and the card their hashes.
    form = CardFormat1 if sections["format"] == 1 else CardFormat2
    draft = form.model_construct(**sections, files={})
    _write_files(draft, models, directory)
    card = form(**sections, files=_records(directory))
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


def _check_fit(parts: BundleParts, features: Features) -> None:
    aggregator = parts.aggregator
    expected = {
        "dimension": features.dimension,
        "feature scale": float(np.float32(features.scale)),
        **_meanings(parts.catalogue),
        "features": features.dimension,
    }
    received = {
        "dimension": aggregator.dimension,
        "feature scale": float(np.float32(aggregator.feature_scale)),
        **_outputs(aggregator),
        "features": parts.features.shape[-1],
    }
    if received != expected:
        raise BundleError(
            f"the aggregator does not fit: extractor and catalogue give {expected}, "
            f"received {received}"
        )


def _predicted(parts: BundleParts) -> dict[str, Any]:
    """Sections of what is predicted; `_check_fit` has compared their numbers."""
    if isinstance(parts.aggregator, InterestGraph):
        assert isinstance(parts.catalogue, Interests)
        fitted = parts.aggregator.parts
        return interest_sections(parts.catalogue, fitted, parts.gap_minutes)
    assert isinstance(parts.catalogue, Catalogue)
    return catalogue_sections(parts.catalogue)


def _meanings(catalogue: Catalogue | Interests) -> dict[str, int]:
    if isinstance(catalogue, Interests):
        return {"interests": len(catalogue.interests), "kinds": len(catalogue.kinds)}
    return {"categories": len(catalogue.categories)}


def _outputs(aggregator: Exportable) -> dict[str, int]:
    if isinstance(aggregator, InterestGraph):
        return {"interests": aggregator.interests, "kinds": aggregator.kinds}
    return {"categories": aggregator.categories}


def _aggregator_models(files: AggregatorFiles) -> dict[str, TFLiteFile]:
    models = {aggregator_export.FLOAT_NAME: files.floating}
    if files.quantised is not None:
        models[aggregator_export.QUANTISED_NAME] = files.quantised
    return models


def _write_files(card: Card, models: dict[str, TFLiteFile], directory: Path) -> None:
    for name, model in models.items():
        metadata = expected_metadata(card, name, model)
        attachments = expected_attachments(card, name)
        is_described = (
            model.metadata == metadata and model.attached_files == attachments
        )
        # A released extractor stays as it is, byte for byte.
        content = model.content if is_described else embed(model, metadata, attachments)
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
