from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from training.photos.catalogue import load_catalogue
from training.vocabulary.fit import grouped
from training.vocabulary.measure import CATEGORY_OF_LABEL
from training.vocabulary.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def test_every_class_of_the_teacher_is_one_category(vocabulary: Vocabulary):
    assert len(vocabulary.category_of) == 1000
    assert sorted(vocabulary.order) == list(range(1000))


def test_the_labelled_categories_are_those_of_the_first_catalogue(vocabulary):
    first = load_catalogue()
    ours = vocabulary.catalogue.categories[: vocabulary.labelled]

    assert [c.id for c in ours] == [c.id for c in first.categories]
    assert [c.names for c in ours] == [c.names for c in first.categories]
    assert vocabulary.catalogue.roles == first.roles


@pytest.mark.parametrize("language", ["en", "de"])
def test_names_are_present_and_unique(vocabulary, language):
    names = [c.names[language].strip() for c in vocabulary.catalogue.categories]

    assert all(names)
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_every_area_has_categories(vocabulary: Vocabulary):
    used = {c.area for c in vocabulary.catalogue.categories}

    assert used == {area.id for area in vocabulary.catalogue.areas}
    assert 18 <= len(used) <= 25


def test_merged_classes_follow_the_first_of_each_category(vocabulary: Vocabulary):
    distilled = len(vocabulary.distilled)
    places = vocabulary.outputs[vocabulary.order] - vocabulary.labelled

    assert places[:distilled].tolist() == list(range(distilled))
    end = distilled + len(vocabulary.merged)
    assert places[distilled:end].tolist() == list(vocabulary.merged)
    assert (places[end:] < 0).all()


def test_background_labels_to_check_by_are_distilled_categories(vocabulary: Vocabulary):
    distilled = {c.id for c in vocabulary.distilled}

    assert set(CATEGORY_OF_LABEL.values()) <= distilled
    assert {("caltech", kind) for kind in CATEGORY_OF_LABEL} <= set(
        vocabulary.catalogue.roles
    )


def test_a_class_of_an_unknown_category_is_refused(vocabulary: Vocabulary):
    wrong = ("imagenet.unicorn", *vocabulary.category_of[1:])

    with pytest.raises(ValueError, match="imagenet.unicorn"):
        replace(vocabulary, category_of=wrong)


def test_joined_logits_sum_what_they_join():
    logits = np.log([[0.1, 0.2, 0.3, 0.4]])

    grouped_logits = grouped(logits, np.array([7, 5, 7, 9]), np.array([5, 7]))

    np.testing.assert_allclose(np.exp(grouped_logits), [[0.2, 0.4, 0.4]], rtol=1e-5)
