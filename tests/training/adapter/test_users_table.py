"""Tables of a deployer's own users."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from training.adapter.users_table import read_users

CATEGORIES = ("set.cats", "set.dogs", "set.boats")


def written(folder: Path, text: str) -> Path:
    path = folder / "users.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_row_is_a_photo_an_interest_or_both(tmp_path: Path) -> None:
    table = written(
        tmp_path,
        "user,photo,category\n"
        "ann,a.jpg,set.cats\n"
        "bob,b.jpg,\n"
        "ann,c.jpg,\n"
        "bob,,set.boats\n"
        "ann,a.jpg,set.dogs\n",
    )
    own = read_users(table, CATEGORIES)
    assert own.photos == ("a.jpg", "b.jpg", "c.jpg")
    assert [rows.tolist() for rows in own.sets] == [[0, 2], [1]]
    np.testing.assert_array_equal(own.truth, [[1, 1, 0], [0, 0, 1]])
    assert own.shared_photos == 0


def test_parquet_reads_as_csv_does(tmp_path: Path) -> None:
    rows = {"user": [7, 7, 8], "photo": [0, 1, 0], "category": ["set.cats", None, ""]}
    pd.DataFrame(rows).to_parquet(tmp_path / "users.parquet")
    own = read_users(tmp_path / "users.parquet", CATEGORIES)
    assert own.photos == ("0", "1")
    assert own.truth.sum() == 1
    assert own.shared_photos == 0.5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("user,photo\nann,a.jpg\n", "expected the columns user, photo, category"),
        ("user,photo,category\nann,a.jpg,cows\n", "expected categories .*'cows'"),
        ("user,photo,category\nann,,set.cats\n", "a photo of every user.*'ann'"),
        ("user,photo,category\n", "received no users"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_users(written(tmp_path, text), CATEGORIES)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"expected a .csv or .parquet"):
        read_users(tmp_path / "users.xlsx", CATEGORIES)
