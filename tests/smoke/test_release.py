"""A recipe from photos to the verified bundle, resumed and changed, on drawn photos."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from export.recipes import names, recipe_named
from export.recipes.recipe import InterestsRecipe, Quantisation, Recipe
from photo_interests.bundle.card import CardFormat2, load_card
from training.aggregators.config import PhotoEvidenceConfig
from training.backbone.config import BackboneConfig, LabelLoss, Stage
from training.interests.bases import OF_BUNDLES
from training.runs import RECORD, Record
from training.simulation.config import get_config
from training.simulation.scenario_names import USERS
from training.workspace import Workspace

COLOURS = {
    "berries": (200, 20, 40),
    "leaves": (30, 160, 40),
    "lakes": (30, 60, 210),
    "none": (130, 130, 130),
}


def small_recipe() -> Recipe:
    counts = {"train": 60, "validation": 40, "test": 20}
    users = replace(
        get_config(),
        users=counts,
        galleries=dict.fromkeys(counts, 4),
        interest_free=dict.fromkeys(counts, 4),
        large_galleries=(),
        groups=3,
        candidate_interests=(1, 2),
        gallery_sizes=(100,),
        gallery_interests={100: (1, 3)},
    )
    stage = Stage(22, epochs=1, learning_rate=1e-4, crop_size=64, decay=True)
    return Recipe(
        name="colours",
        version="0.0.1",
        backbone=BackboneConfig("small", (LabelLoss(),), (stage,)),
        aggregator=PhotoEvidenceConfig(
            "photo_evidence", (0.005,), folds=1, held_out_folds=0,
            scenarios=((USERS, 1.0),),
        ),
        quantisation=Quantisation(calibration_photos=20, compared_photos=4),
        simulation=users,
    )  # fmt: skip


def finished(runs: Path) -> dict[str, int]:
    """Time of each record's file: what was computed again has another."""
    files = {path.resolve() for path in runs.rglob(RECORD)}
    return {path.parent.name: path.stat().st_mtime_ns for path in files}


@pytest.mark.slow
def test_a_recipe_is_run_resumed_and_changed(
    draw_album, weights_data: Path, tmp_path: Path
) -> None:
    from export.release import release
    from export.verify import failures, verify

    draw_album(tmp_path / "album", COLOURS, 30)
    place = Workspace(tmp_path / "runs", weights_data, own_set=tmp_path / "album")
    recipe = small_recipe()
    bundle = release(recipe, place, tmp_path / "models")
    assert not failures(verify(bundle))
    card = load_card(bundle)
    assert card.lineage is not None
    assert [step.kind for step in card.lineage.steps] == [
        "photos", "pixels", "backbone", "extractor", "features", "users", "aggregator",
    ]  # fmt: skip
    assert card.training.config == "small"
    assert card.training.photos.train > 0
    assert {"top1_all_int8", "map_users"} <= set(card.metrics)
    before, written = finished(place.runs), (bundle / "card.json").stat().st_mtime_ns

    release(recipe, place, tmp_path / "models")
    assert finished(place.runs) == before
    assert (bundle / "card.json").stat().st_mtime_ns == written

    other = replace(recipe, aggregator=replace(recipe.aggregator, photo_weight=0.03))
    changed = load_card(release(other, place, tmp_path / "models"))
    after = finished(place.runs)
    assert {name: after[name] for name in before} == before  # nothing was deleted
    new = {name.rpartition("-")[0] for name in after.keys() - before.keys()}
    assert new == {"photo_evidence", "comparison-photo_evidence"}
    assert changed.lineage is not None
    assert changed.lineage.steps[:-1] == card.lineage.steps[:-1]
    assert changed.lineage.steps[-1] != card.lineage.steps[-1]
    aggregator = Record.load(place.aggregators / "photo_evidence")
    assert aggregator.sha256 == changed.lineage.steps[-1].sha256


@pytest.mark.parametrize("name", names())
def test_a_recipe_is_that_of_the_released_bundle(name: str) -> None:
    recipe = recipe_named(name)
    card = load_card(Path("models") / name)
    assert (recipe.name, recipe.version) == (card.name, card.version)
    if isinstance(recipe, InterestsRecipe):
        assert isinstance(card, CardFormat2)
        assert recipe.gap_minutes == card.events.gap_minutes
        return
    assert recipe.backbone.name == card.training.config
    hidden = json.dumps(card.aggregator.signatures["predict"].model_dump(mode="json"))
    assert str(len(card.interests)) in hidden
    assert (recipe.student is not None) == (name == "everyday-1105")


@pytest.mark.slow
@pytest.mark.parametrize("name", OF_BUNDLES)
def test_interests_are_released_without_photos_byte_for_byte(
    name: str, tmp_path: Path
) -> None:
    from export.release_interests import release_interests

    recipe = recipe_named(name)
    assert isinstance(recipe, InterestsRecipe)
    place = Workspace(tmp_path / "runs", tmp_path / "no photos here")
    bundle = release_interests(recipe, place, tmp_path / "models")
    released = Path("models") / recipe.name
    files = [path for path in released.rglob("*") if path.is_file()]
    assert len(files) > 30
    for path in files:
        copy = bundle / path.relative_to(released)
        assert copy.read_bytes() == path.read_bytes(), path.name
    written = (bundle / "card.json").stat().st_mtime_ns
    release_interests(recipe, place, tmp_path / "models")
    assert (bundle / "card.json").stat().st_mtime_ns == written


def test_an_unknown_recipe_is_named() -> None:
    with pytest.raises(ValueError, match="everyday-178.*received 'everyday-17'"):
        recipe_named("everyday-17")
