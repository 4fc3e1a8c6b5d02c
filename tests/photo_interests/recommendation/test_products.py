import os
import re

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
    cup, hat = sorted(find_products(folder).products, key=lambda each: each.id)
    assert (cup.id, cup.title) == ("cups/red_cup.jpg", "red cup")
    assert (hat.id, hat.title, hat.link) == ("hat.png", "hat", "")


def test_products_csv_says_more(folder):
    (folder / "products.csv").write_text(
        "picture,title,link,category\n"
        "hat.png,Straw hat,https://shop.example/hat,a.cat\n",
        encoding="utf-8-sig",
    )
    (hat,) = find_products(folder).products
    assert (hat.title, hat.link) == ("Straw hat", "https://shop.example/hat")
    assert hat.category == "a.cat"


def test_parquet_with_paths_and_with_bytes(folder):
    rows = [{"picture": "hat.png", "title": "Hat"}]
    (hat,) = find_products(table(folder / "shop.parquet", *rows)).products
    assert hat.picture == folder / "hat.png"
    rows = [{"id": "7", "picture": b"hat"}]
    (hat,) = find_products(table(folder / "bytes.parquet", *rows)).products
    assert (hat.id, hat.picture, hat.title) == ("7", b"hat", "7")


def test_stamp_changes_with_picture_and_category(folder):
    def stamp():
        return {each.id: each.stamp for each in find_products(folder).products}[
            "hat.png"
        ]

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
        ([{"picture": "hat.png"}, {"picture": None}], "row 2: expected a picture"),
        ([{"picture": "hat.png"}, {"picture": "a\0b"}], "row 2: expected a picture be"),
        ([{"picture": "../../hat.png"}, {"picture": "hat.png"}], "row 1: .* beside"),
        ([{"picture": "hat.png"}] * 2, "row 2: expected each id once, .*'hat.png'"),
    ],
)
def test_a_bad_row_costs_one_product(folder, rows, message):
    found = find_products(table(folder / "shop.parquet", *rows))
    assert [each.id for each in found.products] == ["hat.png"]
    (error,) = found.skipped
    assert error.path == folder / "shop.parquet" and re.match(message, error.reason)


def test_bytes_need_an_id(folder):
    rows = [{"id": "1", "picture": b"hat"}, {"id": "", "picture": b"cup"}]
    found = find_products(table(folder / "shop.parquet", *rows))
    assert [each.id for each in found.products] == ["1"]
    assert [error.reason for error in found.skipped] == [
        "row 2: expected an id, received none"
    ]


@pytest.mark.parametrize(
    ("header", "received"),
    [("picture,price", "'price'"), ("title,link", "'title'"), ("picture,picture", "p")],
)
def test_wrong_columns_end_it(folder, header, received):
    (folder / "products.csv").write_text(f"{header}\nhat.png,3\n")
    with pytest.raises(ValueError, match=f"csv: expected columns .*{received}"):
        find_products(folder)


def test_no_parquet(folder):
    (folder / "shop.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(ValueError, match="shop.parquet: expected Parquet, received"):
        find_products(folder / "shop.parquet")


def write_csv(folder, *lines, encoding="utf-8"):
    header = "picture,id,title,link,category"
    content = "\n".join([header, *lines]) + "\n"
    (folder / "products.csv").write_bytes(content.encode(encoding))
    return folder


@pytest.mark.parametrize("rows", [98, 4000])
def test_an_open_quote_ends_it_with_the_line(folder, rows):
    more = [
        f"hat.png,{n},Hat number {n},https://shop.example/{n}," for n in range(rows)
    ]
    write_csv(folder, "hat.png,a,Hat,,", 'hat.png,b,"Straw hat,,', *more)
    with pytest.raises(ValueError, match="products.csv, line 3: expected a whole row"):
        find_products(folder)


def test_a_quote_that_another_one_closes_ends_it_too(folder):
    write_csv(folder, 'hat.png,1,"Hat,,', 'hat.png,2,"Hat, big",,')
    with pytest.raises(ValueError, match="products.csv, line 2: expected a whole row"):
        find_products(folder)


def test_cells_may_have_lines_quotes_and_commas(folder):
    write_csv(folder, 'hat.png,1,"A ""straw"" hat,\nbig",,')
    (hat,) = find_products(folder).products
    assert hat.title == 'A "straw" hat,\nbig'


def test_one_bad_link_costs_the_link(folder):
    write_csv(
        folder,
        "hat.png,1,Hat,http://[shop/hat,",
        "hat.png,2,Hat,https://shop.example/hat,",
        "hat.png,3,Hat,javascript:alert(1),",
    )
    found = find_products(folder)
    links = [each.link for each in found.products]
    assert links == ["", "https://shop.example/hat", ""]
    assert found.notes == (
        f"{folder}/products.csv, row 1: link dropped, expected http or https: "
        "'http://[shop/hat'",
        f"{folder}/products.csv, row 3: link dropped, expected http or https: "
        "'javascript:alert(1)'",
    )


def test_too_many_cells(folder):
    write_csv(folder, "hat.png,1,Hat,,,,,", "hat.png,2,Hat,,")
    found = find_products(folder)
    assert [each.id for each in found.products] == ["2"]
    assert found.skipped[0].reason == "row 1: expected 5 cells, received more"


def test_another_encoding_costs_a_letter_or_is_named(folder):
    write_csv(folder, "hat.png,1,Chapeau \xe9l\xe9gant,,", encoding="latin-1")
    found = find_products(folder)
    assert [each.title for each in found.products] == ["Chapeau \ufffdl\ufffdgant"]
    assert found.notes == (f"{folder}/products.csv, row 1: title is not UTF-8",)
    write_csv(folder, "hat.png,1,Hat,,", encoding="utf-16")
    with pytest.raises(ValueError, match="expected UTF-8, received UTF-16"):
        find_products(folder)


def test_pictures_whose_names_are_not_utf_8(folder):
    name = os.fsdecode(b"caf\xe9.jpg")
    (folder / name).write_bytes(b"cafe")
    found = {each.id: each for each in find_products(folder).products}
    assert found[name].picture == folder / name
    (folder / "products.csv").write_bytes(b"picture,title\ncaf\xe9.jpg,Caf\n")
    (cafe,) = find_products(folder).products
    assert cafe.picture.read_bytes() == b"cafe"


def test_nothing_there(tmp_path):
    with pytest.raises(ValueError, match="expected products, received none"):
        find_products(tmp_path)
    with pytest.raises(FileNotFoundError, match="a folder of pictures or a .parquet"):
        find_products(tmp_path / "shop.xlsx")
