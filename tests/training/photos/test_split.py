from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.photos.catalogue import catalogue_of_labels, load_catalogue
from training.photos.duplicates import groups
from training.photos.folders import LabelledPhoto
from training.photos.prepare import prepare_photos
from training.photos.split import contributor_ties, keep_known, photo_table

LABELS = ("cat", "dog", "none")


@st.composite
def sets_of_photos(draw: st.DrawFn) -> tuple[list[LabelledPhoto], np.ndarray]:
    photos = [
        LabelledPhoto("own", f"{i}.jpg", label, contributor)
        for i, (label, contributor) in enumerate(
            draw(
                st.lists(
                    st.tuples(st.sampled_from(LABELS), st.integers(-1, 5)),
                    min_size=3,
                    max_size=60,
                )
            )
        )
    ]
    bits = draw(st.lists(st.integers(0, 6), min_size=len(photos), max_size=len(photos)))
    return photos, np.array(
        [[255 * (b == i) for i in range(8)] for b in bits], np.uint8
    )


@given(sets_of_photos())
def test_no_group_and_no_contributor_stands_in_two_splits(drawn):
    photos, hashes = drawn
    group = groups(hashes, contributor_ties(photos))

    table = photo_table(photos, group, catalogue_of_labels("own", LABELS), seed=1)

    assert (table.groupby("group")["split"].nunique() == 1).all()
    people = table[table["contributor"] >= 0]
    assert (people.groupby("contributor")["split"].nunique() == 1).all()
    assert table["photo"].tolist() == list(range(len(photos)))


def test_split_depends_on_the_seed_only():
    photos = [LabelledPhoto("own", f"{i}.jpg", LABELS[i % 3]) for i in range(90)]
    group = np.arange(90)
    catalogue = catalogue_of_labels("own", LABELS)

    first, again, other = (photo_table(photos, group, catalogue, s) for s in (1, 1, 2))

    assert first.equals(again)
    assert not first["split"].equals(other["split"])


def test_fractions_hold_in_every_class():
    photos = [LabelledPhoto("own", f"{i}.jpg", LABELS[i % 2]) for i in range(200)]
    catalogue = catalogue_of_labels("own", LABELS)

    table = photo_table(photos, np.arange(200), catalogue, seed=1)

    for _, members in table.groupby("label"):
        counts = Counter(members["split"])
        assert counts == {"train": 70, "validation": 12, "test": 18}


def test_an_unknown_label_is_named():
    photos = [LabelledPhoto("caltech", "a/b.jpg", "unicorn")]

    with pytest.raises(ValueError, match=r"a/b\.jpg: .* received 'unicorn'"):
        keep_known(photos, load_catalogue())


@pytest.mark.needs_photos
def test_the_real_split_leaks_nothing(photo_data: Path):
    table, catalogue = prepare_photos(photo_data)

    assert len(table) == 11_838
    assert (table.groupby("group")["split"].nunique() == 1).all()
    people = table[table["contributor"] >= 0]
    assert (people.groupby("contributor")["split"].nunique() == 1).all()
    assert set(table.loc[table["none_role"] == "unseen", "split"]) == {"test"}
    for split in ("train", "test"):  # blouses come from too few people for three
        present = set(table.loc[table["split"] == split, "category"]) - {""}
        assert present == set(catalogue.index), split
    tested = people[people["split"] == "test"].groupby("contributor").size()
    assert (tested >= 5).sum() >= 50
