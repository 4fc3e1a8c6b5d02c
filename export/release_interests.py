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
from training.interests.interest_graph import InterestGraph
from training.interests.parts import FEATURES, READOUTS, load_parts
from training.interests.released_heads import BUNDLE
from training.reports.interest_metrics import interest_metrics
from training.runs import Record, lineage
from training.vocabulary.interests import load_interests
from training.workspace import EXTRACTOR_FILE, Workspace

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
    photos = steps.gallery_photos_step(place)
    head = steps.head_step(place, recipe.interests, photos)
    fitted = steps.interests_step(place, recipe.interests, photos, head)
    users = steps.users_step(place, head, fitted)
    stored = FeatureSet.load(FEATURES)
    extractor = find_bundle(BUNDLE)
    stored.check_extractor(extractor / EXTRACTOR_FILE)
    origin = origin_of(fitted / READOUTS, stored, place.runs)
    if is_current(out / recipe.name, recipe.version, origin):
        return out / recipe.name
    record = Record.load(fitted)
    parts = BundleParts(
        name=recipe.name,
        version=recipe.version,
        extractor=extractor,
        aggregator=InterestGraph(load_parts(head, fitted)),
        features=load_everyday_photos(photos).features,
        origin=origin,
        catalogue=load_interests(),
        training=_training(lineage(record, place.runs)),
        metrics=interest_metrics(record.values, users.values),
        gap_minutes=recipe.gap_minutes,
    )
    return write_bundle(parts, out)


def _training(found: list[Record]) -> Training:
    """Say what the bundle was trained on, beside what its extractor was."""
    first = load_card(find_bundle(BUNDLE)).training
    return first.model_copy(
        update={
            "summary": f"Extractor, student and labelled classifier of {BUNDLE}; a new "
            "head of labelled, scene and everyday kinds, the analyzer's classifier of "
            "scenes as further evidence, and one calibration and read-out for all "
            "interests, fitted on galleries of everyday photos",
            "sources": (*first.sources, *SOURCES),
            "commands": (
                *first.commands,
                *dict.fromkeys(one.command for one in found),
            ),
            "config": "everyday",
        }
    )
