"""All steps of a released bundle, from photos to the verified bundle; each resumes."""

import json
import logging
from pathlib import Path
from typing import Any

from export.bundle import BundleParts, write_bundle
from export.extractor import QUANTISED_NAME
from export.extractor_step import extractor_step
from export.lineage import Origin, origin_of
from export.recipes.recipe import Recipe
from export.verify import failures, verify
from photo_interests.bundle.card import CARD_NAME, CardError, load_card
from photo_interests.bundle.card_sections import Training
from training.aggregators.fit import AGGREGATOR, fit
from training.aggregators.loading import load_aggregator
from training.backbone.config import BackboneConfig
from training.configs import config_named
from training.evaluations import comparison_step, photo_accuracy_step
from training.photos.catalogue import Catalogue, load_catalogue
from training.pipeline import (
    features_step,
    open_backbone,
    photos_step,
    pixels_step,
    users_step,
)
from training.reports.card_inputs import VOCABULARY, metrics, training_section
from training.runs import Record, Run, lineage
from training.steps import data_files, load_data
from training.vocabulary.vocabulary import HERE as VOCABULARY_FOLDER
from training.workspace import Workspace

logger = logging.getLogger(__name__)
MODELS = Path("models")
FEATURE_SETS = Path("training/features")
THREADS = 2


def release(recipe: Recipe, place: Workspace, out: Path) -> Path:
    """Run or resume all steps of a recipe, and write the verified bundle.

    Args:
        recipe: What to make.
        place: Where photos and runs are.
        out: Folder of bundles.

    Returns:
        The bundle's folder.

    Raises:
        BundleError: The bundle fails its verification.
        ValueError: Parts that do not belong together.
    """
    photos_step(place)
    pixels_step(place)
    train_backbones(place, recipe.backbone)
    extractor_step(place, recipe.backbone.name, recipe.quantisation)
    extractor = (place.extractors / recipe.backbone.name).resolve()
    features_step(place, recipe.name, extractor, THREADS)
    features = (place.features / recipe.name).resolve()
    users_step(features, recipe.simulation)
    aggregator = _train_aggregator(recipe, place, extractor, features)
    return _write(recipe, place, extractor, features, aggregator, out)


def train_backbones(place: Workspace, config: BackboneConfig) -> None:
    """Fine-tune, after all runs that the config starts from.

    Args:
        place: Where photos and runs are.
        config: Config of the last run.
    """
    for parent in config.parents:
        train_backbones(place, config_named(parent, "backbone"))
    open_backbone(place, config).fit()


def _train_aggregator(
    recipe: Recipe, place: Workspace, extractor: Path, features: Path
) -> Path:
    """Train and measure the aggregator; give the folder of its run."""
    files = data_files(features)
    if recipe.student is None:
        feature_set, users = load_data(features)
        fit(recipe.aggregator, feature_set, users, place.aggregators, inputs=files)
        name = recipe.aggregator.name
        photo_accuracy_step(place, recipe.backbone, extractor)
        comparison_step(place, features, [name])
    else:
        name = _distill(recipe, place, extractor, features)
    return (place.aggregators / name).resolve()


def _distill(recipe: Recipe, place: Workspace, extractor: Path, features: Path) -> str:
    """Train and measure the large-vocabulary model; give its name."""
    from training.vocabulary.steps import NAME, fit_and_measure, fit_vocabulary

    assert recipe.student is not None
    backbone = open_backbone(place, recipe.backbone)
    inputs = data_files(features)
    data = load_data(features)
    first = (MODELS / recipe.compared_with, FEATURE_SETS / recipe.compared_with)
    labels, student = recipe.aggregator, recipe.student
    fit_vocabulary(backbone, extractor, *data, place.runs, labels, student, inputs)
    run = Run(
        place.evaluations,
        f"{VOCABULARY}-{recipe.name}",
        kind=VOCABULARY,
        config={"compared_with": recipe.compared_with},
        inputs={
            **inputs,
            "aggregator": place.aggregators / NAME / AGGREGATOR,
            "first extractor": first[0] / QUANTISED_NAME,
            "first features": first[1] / "features.npz",
        },
        output=None,
    )

    def compute(values: dict[str, Any]) -> None:
        values |= fit_and_measure(
            backbone, extractor, *data, first, place.runs, labels, student, inputs
        )

    run.ensure(compute)
    return NAME


def _write(
    recipe: Recipe,
    place: Workspace,
    extractor: Path,
    features: Path,
    aggregator: Path,
    out: Path,
) -> Path:
    feature_set, _ = load_data(features)
    feature_set.check_extractor(extractor / QUANTISED_NAME)
    origin = origin_of(aggregator / AGGREGATOR, feature_set, place.runs)
    if is_current(out / recipe.name, recipe.version, origin):
        return out / recipe.name
    steps = lineage(Record.load(aggregator), place.runs)
    parts = BundleParts(
        name=recipe.name,
        version=recipe.version,
        extractor=extractor,
        aggregator=load_aggregator(aggregator / AGGREGATOR),
        features=feature_set.features[feature_set.rows("test")],
        origin=origin,
        catalogue=_catalogue(recipe, place),
        training=Training.model_validate_json(json.dumps(training_section(steps))),
        metrics=metrics(steps, place.runs),
    )
    return write_bundle(parts, out)


def _catalogue(recipe: Recipe, place: Workspace) -> Catalogue:
    labelled = recipe.student is None
    return load_catalogue(place.catalogue if labelled else VOCABULARY_FOLDER)


def is_current(bundle: Path, version: str, origin: Origin) -> bool:
    """Whether a bundle of this very lineage is there already, and whole.

    Args:
        bundle: Its folder.
        version: Its version.
        origin: What its aggregator was trained on.
    """
    if not (bundle / CARD_NAME).is_file():
        return False
    try:
        card = load_card(bundle)
    except CardError:
        return False
    found = card.lineage
    current = (
        card.version == version
        and found is not None
        and (found.extractor, found.features, found.steps)
        == (origin.extractor, origin.features, origin.steps)
        and not failures(verify(bundle))
    )
    if current:
        logger.info("%s: reused, its lineage is the same", bundle)
    return current
