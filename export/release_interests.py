"""All steps of a bundle of interests, up to the verified bundle; each resumes."""

from pathlib import Path

from export.bundle import BundleParts, write_bundle
from export.lineage import origin_of
from export.recipes.recipe import InterestsRecipe
from export.release import is_current
from photo_interests.bundle.card import load_card
from photo_interests.bundle.card_sections import Source, Training
from photo_interests.bundle.location import find_bundle
from training.features.feature_set import FeatureSet
from training.galleries.photos import load_everyday_photos
from training.interests import steps
from training.interests.bases import MOBILENET, MODELS, Base, base_named
from training.interests.interest_graph import InterestGraph
from training.interests.parts import READOUTS, load_parts
from training.photos.attribution import EFFICIENTNET
from training.reports.interest_metrics import interest_metrics
from training.runs import Record, lineage
from training.vocabulary.interests import load_interests
from training.workspace import Workspace

SOURCES = (
    Source(
        name="MiniPlaces",
        license="research and education",
        attribution="B. Zhou, A. Khosla and others, 100 scene classes of Places; "
        "people on them labelled by YOLOX-nano (Megvii-BaseDetection, Apache-2.0)",
    ),
    Source(
        name="Meals",
        license="MIT",
        attribution="cristeaioan/ffml_dataset",
    ),
    Source(
        name="Portraits",
        license="MIT",
        attribution="chandrikadeb7/Face-Mask-Detection",
    ),
    Source(
        name="Receipts",
        license="MIT",
        attribution="zzzDavid/ICDAR-2019-SROIE",
    ),
    Source(
        name="Drawn pages, prints, receipts, screens and memes",
        license="Apache-2.0",
        attribution="drawn by code, in fonts of DejaVu (by way of matplotlib)",
    ),
)
"""What the new head was trained on beside the photos of the first bundle."""
COMMANDS = (
    "python -m training.experiments.everyday_galleries fine-tuned --package WHEEL",
    "python -m training.experiments.everyday_galleries base --package WHEEL",
)
"""Wrote what EfficientNet-lite0 has before interests are fitted."""


def release_interests(recipe: InterestsRecipe, place: Workspace, out: Path) -> Path:
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
    base = base_named(recipe.base)
    photos = steps.gallery_photos_step(place, base)
    head = steps.head_step(place, recipe.interests, photos, base)
    fitted = steps.interests_step(place, recipe.interests, photos, head, base)
    users = steps.users_step(place, head, fitted, base)
    stored = FeatureSet.load(base.features)
    stored.check_extractor(base.extractor)
    origin = origin_of(fitted / READOUTS, stored, place.runs)
    if is_current(out / recipe.name, recipe.version, origin):
        return out / recipe.name
    record = Record.load(fitted)
    parts = BundleParts(
        name=recipe.name,
        version=recipe.version,
        extractor=MODELS / base.bundle,
        aggregator=InterestGraph(load_parts(head, fitted, base=base)),
        features=load_everyday_photos(photos).features,
        origin=origin,
        catalogue=load_interests(),
        training=_training(base, recipe.name, lineage(record, place.runs)),
        metrics=interest_metrics(record.values, users.values),
        gap_minutes=recipe.gap_minutes,
    )
    return write_bundle(parts, out)


def _training(base: Base, name: str, found: list[Record]) -> Training:
    """Say what the bundle was trained on, beside what its extractor was."""
    first = load_card(find_bundle(MOBILENET.bundle)).training
    extractor = "Extractor, student and labelled classifier of " + base.bundle
    sources, commands = first.sources, first.commands
    if base is not MOBILENET:
        extractor = (
            "EfficientNet-lite0, its last two blocks and last convolution fine-tuned; "
            "its own answers of ImageNet and a labelled classifier"
        )
        weights = Source(**EFFICIENTNET)
        sources = (*(one for one in sources if "MobileNet" not in one.name), weights)
        commands = (*commands[:2], *COMMANDS)
    return first.model_copy(
        update={
            "summary": f"{extractor}; a new "
            "head of labelled, scene and everyday kinds, the analyzer's classifier of "
            "scenes as further evidence, and one calibration and read-out for all "
            "interests, fitted on galleries of everyday photos",
            "sources": (*sources, *SOURCES),
            "commands": (*commands, *dict.fromkeys(one.command for one in found)),
            "config": name,
        }
    )
