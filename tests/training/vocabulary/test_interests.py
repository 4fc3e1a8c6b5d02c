import csv
import os
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from training.vocabulary.interests import HERE, Interests, load_interests

TABLES = (
    "interests",
    "interest_areas",
    "everyday_kinds",
    "kinds_to_interests",
    "catalogue",
)
IAB = (
    Path(os.environ.get("PHOTO_DATA", "../shared/data"))
    / "models"
    / "iab_content_3.1.tsv"
)


@pytest.fixture(scope="module")
def interests() -> Interests:
    return load_interests()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in TABLES:
        shutil.copy(HERE / f"{name}.csv", tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (
        f"{old!r} stands {text.count(old)} times in {path.name}"
    )
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_sizes_are_those_of_the_design(interests: Interests) -> None:
    assert 80 <= len(interests.interests) <= 150
    assert 12 <= len(interests.areas) <= 20
    assert len(interests.kinds) >= 1105


def test_every_area_has_interests(interests: Interests) -> None:
    used = Counter(one.area for one in interests.interests)
    assert set(used) == {one.id for one in interests.areas}


def test_names_are_there_in_both_languages_and_unique(interests: Interests) -> None:
    for language in ("en", "de"):
        names = [one.names[language] for one in interests.interests]
        assert all(names)
        assert len(set(names)) == len(names)
        assert all(one[language] for one in interests.kind_names)


def test_descriptions_are_one_sentence(interests: Interests) -> None:
    for one in interests.interests:
        assert one.description.endswith("."), one.id
        assert "\n" not in one.description


def test_wikidata_ids_look_like_ids_and_stand_once(interests: Interests) -> None:
    known = [one.wikidata for one in interests.interests if one.wikidata]
    assert all(one[0] == "Q" and one[1:].isdigit() for one in known)
    assert len(set(known)) == len(known)


def test_breeds_are_dogs_or_cats_with_full_weight(interests: Interests) -> None:
    dogs = interests.weights[:, interests.index["dogs"]]
    assert (dogs == 1).sum() > 110
    assert dogs[interests.kind_index["imagenet.golden_retriever"]] == 1
    cats = interests.weights[:, interests.index["cats"]]
    assert cats[interests.kind_index["imagenet.tabby"]] == 1
    assert not np.any((dogs > 0) & (cats > 0))


def test_brands_of_milk_are_groceries(interests: Interests) -> None:
    row = interests.weights[interests.kind_index["grocery.arla_standard_milk"]]
    assert np.flatnonzero(row).tolist() == [interests.index["groceries"]]


def test_sensitive_interests_are_not_shown_unasked(interests: Interests) -> None:
    asked = {one.id for one in interests.interests if one.shown == "on_request"}
    assert {"religion", "health", "weapons", "hunting", "children"} <= asked
    for one in interests.interests:
        assert one.area != "sensitive" or one.shown != "always"


def test_household_objects_are_never_an_interest(interests: Interests) -> None:
    row = interests.weights[interests.kind_index["imagenet.plunger"]]
    owners = [interests.interests[i].shown for i in np.flatnonzero(row)]
    assert owners == ["never"]


def test_always_has_one_entry_for_each_interest(interests: Interests) -> None:
    assert interests.always.shape == (len(interests.interests),)
    assert not interests.always[interests.index["household"]]
    assert interests.always[interests.index["dogs"]]


@pytest.mark.needs_photos
def test_iab_codes_exist(interests: Interests) -> None:
    with IAB.open(encoding="utf-8") as file:
        codes = {row[0] for row in csv.reader(file, delimiter="\t") if row}
    unknown = {one.id: one.iab for one in interests.interests if one.iab not in codes}
    assert not unknown


def test_unmapped_kind_is_an_error(copy: Path) -> None:
    edit(copy / "kinds_to_interests.csv", "imagenet.tabby,cats,1\n", "")
    with pytest.raises(ValueError, match="imagenet.tabby"):
        load_interests(copy)


def test_unknown_interest_is_an_error(copy: Path) -> None:
    table = copy / "kinds_to_interests.csv"
    edit(table, "imagenet.tabby,cats,1\n", "imagenet.tabby,felines,1\n")
    with pytest.raises(ValueError, match="felines"):
        load_interests(copy)


def test_weight_above_one_is_an_error(copy: Path) -> None:
    table = copy / "kinds_to_interests.csv"
    edit(table, "imagenet.tabby,cats,1\n", "imagenet.tabby,cats,1.5\n")
    with pytest.raises(ValueError, match=r"imagenet.tabby.*1\.5"):
        load_interests(copy)


def test_unknown_word_of_shown_is_an_error(copy: Path) -> None:
    edit(copy / "interests.csv", "425,Q144,always", "425,Q144,sometimes")
    with pytest.raises(ValueError, match="sometimes"):
        load_interests(copy)


def test_an_interest_that_stands_twice_is_an_error(copy: Path) -> None:
    table = copy / "interests.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="people"):
        load_interests(copy)
