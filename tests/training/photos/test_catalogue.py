from collections import Counter
from pathlib import Path

import pytest

from training.photos.catalogue import (
    Area,
    Catalogue,
    Category,
    catalogue_of_labels,
    load_catalogue,
)

NAMES = {"en": "Cats", "de": "Katzen"}


def test_catalogue_has_178_categories_in_20_areas_and_19_kinds_of_none():
    catalogue = load_catalogue()

    assert len(catalogue.categories) == 178
    assert len(catalogue.areas) == 20
    roles = Counter(role for role in catalogue.roles.values() if role != "dropped")
    assert roles == {"seen": 14, "unseen": 5}
    assert {c.area for c in catalogue.categories} == {a.id for a in catalogue.areas}


def test_no_label_is_both_a_category_and_nothing_of_interest():
    catalogue = load_catalogue()

    assert not set(catalogue.by_label) & set(catalogue.roles)


@pytest.mark.parametrize("language", ["en", "de"])
def test_display_names_are_unique_and_for_people(language: str):
    names = [category.names[language] for category in load_catalogue().categories]

    assert len(set(names)) == len(names)
    assert not [name for name in names if "_" in name or name != name.strip()]


def test_index_follows_the_order_of_the_file():
    catalogue = load_catalogue()

    assert [catalogue.index[c.id] for c in catalogue.categories] == list(range(178))


def test_an_id_standing_twice_is_named():
    cat = Category("a.cat", NAMES, "animals", "a", "cat")

    with pytest.raises(ValueError, match=r"expected once, received twice: 'a\.cat'"):
        Catalogue((cat, cat), (Area("animals", NAMES),), {})


def test_an_unknown_area_is_named():
    cat = Category("a.cat", NAMES, "beasts", "a", "cat")

    with pytest.raises(ValueError, match=r"a\.cat: expected an area .* 'beasts'"):
        Catalogue((cat,), (Area("animals", NAMES),), {})


def test_own_folders_become_a_catalogue_where_none_is_no_category():
    catalogue = catalogue_of_labels("mine", ["Red_Cat", "none", "Dog", "Dog"])

    assert [c.id for c in catalogue.categories] == ["mine.dog", "mine.red_cat"]
    assert catalogue.roles == {("mine", "none"): "seen"}


def test_a_saved_catalogue_is_the_same(tmp_path: Path):
    catalogue = load_catalogue()

    catalogue.save(tmp_path / "catalogue")

    assert load_catalogue(tmp_path / "catalogue") == catalogue
