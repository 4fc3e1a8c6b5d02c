import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from photo_interests.recommendation.products import find_products


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "cups").mkdir()
    (tmp_path / "cups" / "red_cup.jpg").write_bytes(b"red")
    (tmp_path / "hat.png").write_bytes(b"hat")
    (tmp_path / ".hidden.png").write_bytes(b"no")
    return tmp_path


def table(path, *rows, **columns):
    pq.write_table(pa.Table.from_pylist(list(rows)), path)
    return path


def test_every_picture_of_a_folder_is_a_product(folder):
    cup, hat = sorted(find_products(folder), key=lambda each: each.id)
    assert (cup.id, cup.title) == ("cups/red_cup.jpg", "red cup")
    assert (hat.id, hat.title, hat.link) == ("hat.png", "hat", "")


def test_products_csv_says_more(folder):
    (folder / "products.csv").write_text(
        "picture,title,link,category\n"
        "hat.png,Straw hat,https://shop.example/hat,a.cat\n",
        encoding="utf-8-sig",
    )
    (hat,) = find_products(folder)
    assert (hat.title, hat.link) == ("Straw hat", "https://shop.example/hat")
    assert hat.category == "a.cat"


def test_parquet_with_paths_and_with_bytes(folder):
    rows = [{"picture": "hat.png", "title": "Hat"}]
    (hat,) = find_products(table(folder / "shop.parquet", *rows))
    assert hat.picture == folder / "hat.png"
    rows = [{"id": "7", "picture": b"hat"}]
    (hat,) = find_products(table(folder / "bytes.parquet", *rows))
    assert (hat.id, hat.picture, hat.title) == ("7", b"hat", "7")


def test_stamp_changes_with_picture_and_category(folder):
    def stamp():
        return {each.id: each.stamp for each in find_products(folder)}["hat.png"]

    first = stamp()
    assert stamp() == first
    (folder / "hat.png").write_bytes(b"another hat")
    changed = stamp()
    assert changed != first
    (folder / "products.csv").write_text("picture,category\nhat.png,a.cat\n")
    assert stamp() != changed


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"picture": "hat.png", "price": 3}], "row 1: expected columns .*'price'"),
        ([{"picture": "hat.png"}, {"picture": None}], "row 2: expected a picture"),
        ([{"picture": b"hat"}], "row 1: expected an id"),
        ([{"picture": "../../hat.png"}], "row 1: expected a picture beside"),
        (
            [{"picture": "hat.png"}, {"picture": "hat.png"}],
            "row 2: expected each id once, received 'hat.png' of row 1",
        ),
    ],
)
def test_bad_rows_are_named(folder, rows, message):
    with pytest.raises(ValueError, match=message):
        find_products(table(folder / "shop.parquet", *rows))


def test_nothing_there(tmp_path):
    with pytest.raises(ValueError, match="expected products, received none"):
        find_products(tmp_path)
    with pytest.raises(FileNotFoundError, match="a folder of pictures or a .parquet"):
        find_products(tmp_path / "shop.xlsx")
