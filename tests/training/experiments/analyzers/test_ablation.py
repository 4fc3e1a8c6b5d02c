import numpy as np
import pytest

from photo_interests.analysis.text.text_interests import InterestWords
from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from training.experiments.analyzers import ablation, texts
from training.experiments.analyzers.detections import EverydayPhoto
from training.galleries.benchmark import make_benchmark
from training.galleries.photos import load_everyday_photos
from training.interests.steps import load_answers
from training.vocabulary.interests import load_interests


@pytest.fixture(scope="module")
def benchmark():
    return make_benchmark(load_everyday_photos(), load_interests(), 4, 1)


def test_labels_name_interests_of_the_taxonomy(benchmark):
    for analyzer in ("objects", "faces", "scene"):
        assert set(ablation.label_interests(analyzer).values()) <= set(benchmark.ids)


def test_the_clearest_detection_above_its_threshold_counts(benchmark):
    photo = EverydayPhoto(
        "flickr8k",
        frozenset({"dog"}),
        (("dog", 0.5), ("dog", 0.7), ("cow", 0.3), ("chair", 0.9)),
        ((0.8, 0.1),),
    )
    index = benchmark.interests.index
    found = ablation.detected([photo], {"objects": 0.4, "faces": 0.7}, index)
    dogs, people = index["dogs"], index["people"]
    assert np.flatnonzero(found["objects"][0]).tolist() == [dogs]
    assert found["objects"][0, dogs] == pytest.approx(0.7)
    assert np.flatnonzero(found["faces"][0]).tolist() == [people]


def test_sure_lines_name_interests(benchmark):
    words = InterestWords(load_card(find_bundle("everyday")))
    lines = [[("Pizzeria Roma", 0.9), ("Espresso", 0.5)], [], [("Total 5.20", 1.0)]]
    evidence = texts.named(lines, words, benchmark.interests.index)
    assert evidence.shape == (3, len(benchmark.ids))
    assert np.argwhere(evidence).tolist() == [[0, benchmark.interests.index["meals"]]]


@pytest.mark.slow
def test_evidence_that_is_right_finds_more_and_noise_changes_little(benchmark):
    random = np.random.default_rng(0)
    truth = benchmark.truth.interests
    found, false = random.random(truth.shape) < 0.7, random.random(truth.shape) < 0.002
    evidence = {
        "right": np.where(truth, found, false) * 0.8,
        "noise": random.random(truth.shape),
    }
    results = ablation.ablate(
        benchmark, load_answers()[0], evidence, lambda name, measured: None
    )
    assert list(results) == ["none", "right", "noise", "right + noise"]
    fits = {name: one["fits_nameable"]["value"] for name, one in results.items()}
    strong = {name: one["strong"]["all"][0] for name, one in results.items()}
    assert fits["right"] > fits["none"] + 0.05
    assert strong["right"] > strong["none"] + 0.03
    assert abs(strong["noise"] - strong["none"]) < 0.02
