"""The steps that measure extractors and aggregators, each of them a run."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.pipeline import open_backbone
from training.runs import Record, Run
from training.workspace import EXTRACTOR_FILE, Workspace

if TYPE_CHECKING:
    from training.backbone.config import BackboneConfig

PHOTO_ACCURACY = "photo accuracy"
COMPARISON = "comparison"


def photo_accuracy_step(
    place: Workspace, config: "BackboneConfig", extractor: Path
) -> Record:
    """Measure a quantised extractor on test photos, beside its float network.

    Args:
        place: Where photos and runs are.
        config: Config of the fine-tuning run that it comes from.
        extractor: Folder with the extractor.
    """
    from training.metrics.extractor_accuracy import extractor_accuracy

    backbone = open_backbone(place, config)
    run = Run(
        place.evaluations,
        f"photo-accuracy-{config.name}",
        kind=PHOTO_ACCURACY,
        config={},
        inputs={
            "backbone": backbone.directory / "extractor.keras",
            "extractor": extractor / EXTRACTOR_FILE,
            "photos": place.photos,
            "pixels": place.pixels,
        },
        output=None,
    )

    def compute(values: dict[str, Any]) -> None:
        values |= extractor_accuracy(backbone, extractor)

    return run.ensure(compute)


def comparison_step(place: Workspace, features: Path, names: Sequence[str]) -> Record:
    """Measure trained aggregators on test users.

    Args:
        place: Where runs are.
        features: Folder of the feature set that they were trained on.
        names: Names of their configs; the first is what the others are compared with.
    """
    from training.aggregators.fit import AGGREGATOR
    from training.metrics.compare import compare
    from training.steps import data_files, load_data, load_models

    models = load_models(place.aggregators, names)
    trained = {f"aggregator {n}": place.aggregators / n / AGGREGATOR for n in names}
    run = Run(
        place.evaluations,
        f"comparison-{names[0]}",
        kind=COMPARISON,
        config={"names": list(names)},
        inputs={**data_files(features), **trained},
        output=None,
    )

    def compute(values: dict[str, Any]) -> None:
        feature_set, sets = load_data(features)
        values |= compare(models, sets, feature_set)

    return run.ensure(compute)
