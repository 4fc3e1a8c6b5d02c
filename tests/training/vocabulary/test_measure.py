import numpy as np
import pytest

from training.vocabulary.measure import (
    CATEGORY_OF_LABEL,
    accuracy_on_background,
    agreement_by_source,
    compared,
    distilled_interests,
)
from training.vocabulary.vocabulary import load_vocabulary


def test_agreement_is_counted_by_source_and_over_all():
    sources = np.array(["a", "a", "b", "b", "b"])

    found = agreement_by_source(np.arange(5), np.array([0, 9, 2, 3, 4]), sources)

    assert {name: one["photos"] for name, one in found.items()} == {
        "a": 2, "b": 3, "all": 5,
    }  # fmt: skip
    assert found["a"]["value"] == pytest.approx(0.5)
    assert found["b"]["value"] == pytest.approx(1.0)
    assert found["all"]["value"] == pytest.approx(0.8)


def test_a_better_bundle_is_seen_to_be_better():
    truth = np.eye(6, dtype=bool)
    good = np.where(truth, 0.9, 0.1).astype(np.float32)
    poor = np.full((6, 6), 0.6, np.float32)

    found = compared({"users": (truth, good)}, {"users": (truth, poor)})

    metrics = found["scenarios"]["users"]
    assert metrics["map"]["proposed"]["value"] > metrics["map"]["first"]["value"]
    assert metrics["false_interests"]["first"]["value"] == pytest.approx(5.0)
    assert metrics["false_interests"]["proposed"]["value"] == 0.0
    assert found["map_differences"]["users"]["value"] > 0


def test_background_labels_are_checked_by_their_category():
    vocabulary = load_vocabulary()
    chances = np.zeros((3, len(vocabulary.catalogue.categories)), np.float32)
    barrel = vocabulary.catalogue.index[CATEGORY_OF_LABEL["barrel"]]
    chances[0, barrel] = 0.9
    chances[1, [0, barrel]] = (0.6, 0.3)  # a labelled category is likelier
    chances[2, -1] = 0.9

    found = accuracy_on_background(chances, np.array(["barrel"] * 3), vocabulary)

    assert found == {
        "barrel": {
            "photos": 3,
            "top1": pytest.approx(1 / 3),
            "top1_further": pytest.approx(2 / 3),
        }
    }


def test_distilled_interests_are_those_above_a_half():
    parts = [np.array([[0.6, 0.7, 0.1]]), np.array([[0.2, 0.5, 0.4]])]

    assert distilled_interests({"users": parts}) == {"users": 1.0}
