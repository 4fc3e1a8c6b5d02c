from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from training.photos.catalogue import load_catalogue
from training.vocabulary.fit import grouped
from training.vocabulary.measure import KINDS
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
def test_names_are_there_and_tell_categories_apart(vocabulary, language):
    names = [c.names[language].strip() for c in vocabulary.catalogue.categories]

    assert all(names)
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_every_area_has_categories(vocabulary: Vocabulary):
    used = {c.area for c in vocabulary.catalogue.categories}

    assert used == {area.id for area in vocabulary.catalogue.areas}
    assert 18 <= len(used) <= 25


def test_joined_classes_stand_after_the_first_of_each_category(vocabulary: Vocabulary):
    further = len(vocabulary.further)
    places = vocabulary.outputs[vocabulary.order] - vocabulary.labelled

    assert places[:further].tolist() == list(range(further))
    end = further + len(vocabulary.joined)
    assert places[further:end].tolist() == list(vocabulary.joined)
    assert (places[end:] < 0).all()


def test_kinds_to_check_by_are_further_categories(vocabulary: Vocabulary):
    further = {c.id for c in vocabulary.further}

    assert set(KINDS.values()) <= further
    assert {("caltech", kind) for kind in KINDS} <= set(vocabulary.catalogue.roles)


def test_a_class_of_an_unknown_category_is_refused(vocabulary: Vocabulary):
    wrong = ("imagenet.unicorn", *vocabulary.category_of[1:])

    with pytest.raises(ValueError, match="imagenet.unicorn"):
        replace(vocabulary, category_of=wrong)


def test_joined_logits_sum_what_they_join():
    logits = np.log([[0.1, 0.2, 0.3, 0.4]])

    joined = grouped(logits, np.array([7, 5, 7, 9]), np.array([5, 7]))

    np.testing.assert_allclose(np.exp(joined), [[0.2, 0.4, 0.4]], rtol=1e-5)
