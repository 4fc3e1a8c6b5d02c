import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photo_interests.bundle.location import find_bundle
from photo_interests.models.interest_model import InterestModel
from training.experiments.everyday_galleries import __main__ as command
from training.experiments.everyday_galleries.halves import HALF, measure_halves
from training.experiments.everyday_galleries.pooling_variants import VARIANTS
from training.features.feature_set import FeatureSet
from training.galleries.benchmark import make_benchmark
from training.galleries.cross_validation import (
    MAX_FALSE,
    Fitter,
    calibrate_across_sources,
    read_additively,
    source_weights,
)
from training.galleries.photos import load_everyday_photos
from training.interests.drawn_kinds import DRAWINGS, draw_pictures
from training.interests.parts import FEATURES, load_parts
from training.interests.released_heads import BUNDLE, unfitted_head
from training.interests.steps import load_answers
from training.interests.training_photos import (
    SCENE_LABELS,
    TargetConfig,
    Targets,
)
from training.vocabulary.interests import Interests, load_interests


@pytest.fixture(scope="module")
def interests() -> Interests:
    return load_interests()


@pytest.fixture(scope="module")
def stored() -> FeatureSet:
    return FeatureSet.load(FEATURES)


@pytest.fixture(scope="module")
def head(interests: Interests, stored: FeatureSet):
    return unfitted_head(find_bundle(BUNDLE), interests, stored.scale)


def test_the_labelled_classifier_is_the_released_one(head, stored) -> None:
    photos = stored.features[::300]
    model = InterestModel(find_bundle(BUNDLE), file="aggregator.tflite")
    released = model(photos).photo_probabilities
    own = head.labelled_probabilities(head.standardise(photos))
    np.testing.assert_allclose(own, released[:, : head.labelled], atol=1e-4)


def test_the_student_ranks_distilled_kinds_as_the_released_one(head, stored) -> None:
    photos = stored.features[::300]
    model = InterestModel(find_bundle(BUNDLE), file="aggregator.tflite")
    released = model(photos).photo_probabilities
    kinds = head.joint_probabilities(head.standardise(photos))
    distilled = slice(head.labelled, released.shape[1])
    np.testing.assert_array_equal(
        kinds[:, distilled].argmax(axis=1), released[:, distilled].argmax(axis=1)
    )


def test_targets_are_distributions_with_the_share_of_the_label(
    head, interests: Interests
) -> None:
    targets = Targets(interests, head, TargetConfig())
    answers = np.full((2, 1000), 1e-3, np.float32)
    names = ["kitchen/none.jpg", "not/there.jpg"]
    names[1] = next(
        line.split(",")[0]
        for line in SCENE_LABELS.read_text(encoding="utf-8").splitlines()
        if line.endswith(",people")
    )
    scenes = targets.scenes(np.zeros((2, 1024), np.uint8), names, answers).targets
    np.testing.assert_allclose(scenes.sum(axis=1), 1, rtol=1e-5)
    assert scenes[0, targets.column("scene.kitchen")] == pytest.approx(0.5)
    assert scenes[1, targets.column("everyday.people")] == pytest.approx(0.5)
    scene = f"scene.{names[1].split('/')[0]}"
    assert scenes[1, targets.column(scene)] == pytest.approx(0.25)


def test_a_source_can_be_kept_out(head, interests: Interests) -> None:
    targets = Targets(interests, head, TargetConfig())
    features = np.arange(3, dtype=np.uint8)[:, None] * np.ones(1024, np.uint8)
    answers = np.full((3, 1000), 1e-3, np.float32)
    sources = ["ffml", "faces2", "ffml"]
    kept = targets.everyday(features, sources, answers, without="ffml")
    assert kept.features[:, 0].tolist() == [1]
    column = targets.column("everyday.portrait")
    assert kept.targets[0, column] == pytest.approx(0.7)


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawn_pictures_are_the_same_for_the_same_seed(name: str) -> None:
    photos = [Image.new("RGB", (40, 30), (200, 30, 30))]
    first, second = (draw_pictures(name, 3, photos, seed=1) for _ in range(2))
    assert first.shape == (3, 224, 224, 3)
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first[0], first[1])


def test_every_source_weighs_by_the_root_of_its_size() -> None:
    weights = source_weights(np.array(["a"] * 4 + ["b"]))
    assert weights[:4].sum() == pytest.approx(2)
    assert weights[4] == pytest.approx(1)


def test_a_photo_is_calibrated_by_other_sources_alone() -> None:
    random = np.random.default_rng(0)
    claimed = random.beta(0.5, 1.5, (900, 2))
    truth = random.random((900, 2)) < claimed
    sources = np.repeat(["a", "b", "c"], 300)
    known = np.ones(truth.shape, bool)
    scenes = np.zeros(truth.shape)
    first, _ = calibrate_across_sources(claimed, truth, known, sources, scenes)
    truth[sources == "a"] ^= True
    second, _ = calibrate_across_sources(claimed, truth, known, sources, scenes)
    np.testing.assert_array_equal(first[sources == "a"], second[sources == "a"])
    assert not np.allclose(first[sources == "b"], second[sources == "b"])


def test_the_threshold_lets_few_false_interests_through(interests: Interests) -> None:
    photos = load_everyday_photos()
    benchmark = make_benchmark(photos, interests, draws=2, large_draws=1)
    probabilities = load_answers()[0].astype(float) * benchmark.fitted
    truth = benchmark.truth.interests
    fitter = Fitter(photos, probabilities, truth, benchmark.fitted)
    readout = fitter.fit(np.ones(len(photos.names), bool), seed=3)
    assert (readout.slopes[:2] >= 0).all()
    false = 0.0
    galleries = benchmark.galleries["small"]
    for one in galleries:
        read = read_additively(probabilities[one.rows])
        shown = (readout.of_evidence(read) >= readout.threshold) & benchmark.fitted
        false += (shown & ~truth[one.rows].any(axis=0)).sum()
    assert false / len(galleries) < 3 * MAX_FALSE


@pytest.mark.parametrize("name", VARIANTS)
def test_more_evidence_raises_what_every_variant_reads(name: str) -> None:
    photos = np.random.default_rng(1).beta(0.3, 2, (30, 4))
    less, more = (VARIANTS[name](q) for q in (photos, np.minimum(photos * 1.5, 0.999)))
    assert np.isfinite(less).all()
    assert (more >= less - 1e-9).all()


def test_the_committed_results_are_those_of_the_readme() -> None:
    results = json.loads(command.RESULTS.read_text(encoding="utf-8"))
    readme = (command.HERE / "README.md").read_text(encoding="utf-8")
    small = results["repetition"]["small"]
    row = next(r for r in readme.splitlines() if r.startswith("| **repetition, int"))
    for name, digits in (("shown", 1), ("right", 1), ("precision", 2), ("fits", 2)):
        assert f"{small[name]['value']:.{digits}f}".lstrip("0") in row, name


@pytest.mark.parametrize("file", sorted(command.HERE.glob("*.json")))
def test_the_committed_results_are_json_without_nan(file: Path) -> None:
    def refuse(constant: str) -> float:
        raise ValueError(f"expected a number or null, received {constant}")

    json.loads(file.read_text(encoding="utf-8"), parse_constant=refuse)


def test_the_committed_weights_find_what_they_were_measured_on(
    interests: Interests,
) -> None:
    parts = load_parts()
    photos = load_everyday_photos()
    dogs = photos.has("dog") & (photos.sources == "flickr8k")
    meals = photos.sources == "food101"
    for mask, name in ((dogs, "dogs"), (meals, "meals")):
        found, _ = parts.classify(photos.features[mask][:100])
        found = found[:, interests.index[name]]
        assert (found >= 0.5).mean() > 0.5, name


def test_a_half_is_measured_on_its_own_photos_alone(interests: Interests) -> None:
    photos = load_everyday_photos()
    benchmark = make_benchmark(photos, interests, draws=1, large_draws=1)
    rolled = load_answers()[0]
    measured = measure_halves(benchmark, rolled, draws=2)
    second = ~np.isin(photos.sources, HALF)
    other = np.where(second[:, None], rolled, rolled / 2)
    again = measure_halves(benchmark, other, draws=2)
    assert measured["second half"]["threshold"] != again["second half"]["threshold"]
    assert measured["first half"]["threshold"] == again["first half"]["threshold"]
    for one in measured.values():
        assert 0.5 < one["precision"]["value"] <= 1
