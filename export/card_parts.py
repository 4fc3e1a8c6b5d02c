"""The sections of a bundle's card that follow from its parts."""

from typing import Any

from export import aggregator as aggregator_export
from export import extractor as extractor_export
from export import interest_card
from export.aggregator import AggregatorFiles, Exportable
from export.answers import QUANTISED_RUN_TOLERANCE, RUN_TOLERANCE
from export.model_rules import APPLICATION_RUNTIME, EXTRACTOR_SIGNATURE
from export.tflite_file import TFLiteFile
from photo_interests.bundle.card_sections import Aggregator as AggregatorSection
from photo_interests.bundle.card_sections import (
    Area,
    Category,
    ExtractorFiles,
    Features,
    Input,
    Signature,
    State,
    Thresholds,
    Tolerances,
)
from photo_interests.bundle.input_rule import INPUT_RULE
from training.interests.interest_graph import InterestGraph
from training.photos.catalogue import Catalogue

LICENSE = "Apache-2.0"
MAXIMUM_PHOTOS = 4096


def input_rule(extractor: TFLiteFile) -> Input:
    """Returns the rule for photos of an extractor's size.

    What is decoded is as many times as large as in `INPUT_RULE`.

    Raises:
        ValueError: its photos are not square.
    """
    shape = extractor.signatures[EXTRACTOR_SIGNATURE].inputs["image"].shape
    _, height, width, _ = shape
    if height != width:
        raise ValueError(
            f"{extractor.name}: expected square photos, received {height} x {width}"
        )
    side = INPUT_RULE.reduced_decode.minimum_side * height // INPUT_RULE.height
    reduced = INPUT_RULE.reduced_decode.model_copy(update={"minimum_side": side})
    return INPUT_RULE.model_copy(
        update={"height": height, "width": width, "reduced_decode": reduced}
    )


def features_section(models: dict[str, TFLiteFile]) -> Features:
    """Read dimension and quantisation of the features from the int8 extractor."""
    quantised = models[extractor_export.QUANTISED_NAME]
    record = quantised.signatures[EXTRACTOR_SIGNATURE].outputs["features"]
    return Features(
        dimension=record.shape[-1],
        dtype="uint8",
        scale=record.scale,
        zero_point=record.zero_point,
    )


def aggregator_section(
    aggregator: Exportable, files: AggregatorFiles
) -> AggregatorSection:
    """Describe an aggregator.

    Args:
        aggregator: The trained one.
        files: The files it was converted to.
    """
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
        maximum_photos=(
            interest_card.MAXIMUM_PHOTOS
            if isinstance(aggregator, InterestGraph)
            else MAXIMUM_PHOTOS
        ),
    )


def _shape(sizes: tuple[int, ...]) -> tuple[Any, ...]:
    return tuple("N" if size < 0 else size for size in sizes)


def fixed_sections() -> dict[str, Any]:
    """Give the sections that are the same for every bundle."""
    return {
        "license": LICENSE,
        "extractor": ExtractorFiles(
            file=extractor_export.QUANTISED_NAME,
            float_file=extractor_export.FLOAT_NAME,
        ),
        "application_runtime": APPLICATION_RUNTIME,
    }


def tolerances(files: AggregatorFiles) -> Tolerances:
    """Say how far another implementation may be from the golden files."""
    # Runtimes round what int8 weights are multiplied with in ways of their own.
    probabilities = (
        RUN_TOLERANCE if files.quantised is None else QUANTISED_RUN_TOLERANCE
    )
    return Tolerances(
        pixels_mean_absolute=2.0,
        features_cosine_distance=0.005,
        probabilities=probabilities,
    )


def catalogue_sections(catalogue: Catalogue) -> dict[str, Any]:
    """List areas and categories, and from which probability on they are shown."""
    return {
        "format": 1,
        "thresholds": Thresholds(interest=0.5, photo=0.5),
        "areas": tuple(Area(id=a.id, names=a.names) for a in catalogue.areas),
        "categories": tuple(
            Category(id=c.id, names=c.names, area=c.area) for c in catalogue.categories
        ),
    }
