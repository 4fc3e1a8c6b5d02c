"""Products of a shop as their owner keeps them: a folder, or a Parquet table.

A folder holds pictures at any depth; each is a product. A `products.csv` in it may say
more: its column `picture` names a file of the folder, and `id`, `title`, `link` and
`category` (an interest's id) are optional. A Parquet table has the same columns; its
pictures are paths beside the table, or the bytes of picture files.
"""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photo_interests.photos.find import find_photos

TABLE = "products.csv"
COLUMNS = ("picture", "id", "title", "link", "category")


@dataclass(frozen=True)
class Product:
    """One product.

    Attributes:
        id: the owner's; the same as long as it is the same product.
        title: for people.
        link: where it can be had, or "".
        category: id of the interest it belongs to, or "" to tell it by its picture.
        picture: a file, or the content of one.
        stamp: changes when the picture or the category does.
    """

    id: str
    title: str
    link: str
    category: str
    picture: Path | bytes
    stamp: str


def find_products(source: Path) -> list[Product]:
    """List the products of a folder or table.

    Raises:
        FileNotFoundError: there is no such folder or table.
        ValueError: it holds no product, an id twice, an unknown column or an empty
            cell where something is needed; names the row.
    """
    if source.is_dir():
        products = _of_folder(source)
    elif source.suffix == ".parquet" and source.is_file():
        products = _of_rows(source, _parquet_rows(source))
    else:
        raise FileNotFoundError(
            f"{source}: expected a folder of pictures or a .parquet table"
        )
    if not products:
        raise ValueError(f"{source}: expected products, received none")
    seen: dict[str, int] = {}
    for row, product in enumerate(products, start=1):
        if product.id in seen:
            raise ValueError(
                f"{source}, row {row}: expected each id once, received "
                f"{product.id!r} of row {seen[product.id]} again"
            )
        seen[product.id] = row
    return products


def _of_folder(folder: Path) -> list[Product]:
    table = folder / TABLE
    if table.is_file():
        with table.open(encoding="utf-8-sig", newline="") as file:
            return _of_rows(table, list(csv.DictReader(file)))
    return [
        _product({"picture": str(path.relative_to(folder))}, path)
        for path in find_photos([folder]).files
    ]


def _of_rows(table: Path, rows: list[Mapping[str, Any]]) -> list[Product]:
    products = []
    for number, row in enumerate(rows, start=1):
        unknown = sorted(str(column) for column in row if column not in COLUMNS)
        if unknown:
            raise ValueError(
                f"{table}, row {number}: expected columns of {list(COLUMNS)}, "
                f"received {unknown}"
            )
        picture = row.get("picture")
        if not picture:
            raise ValueError(
                f"{table}, row {number}: expected a picture, received none"
            )
        if isinstance(picture, bytes):
            if not row.get("id"):
                raise ValueError(
                    f"{table}, row {number}: expected an id, received none"
                )
            products.append(_product(row, picture))
            continue
        path = table.parent / str(picture)
        if not path.resolve().is_relative_to(table.parent.resolve()):
            raise ValueError(
                f"{table}, row {number}: expected a picture beside the table, "
                f"received {picture!r}"
            )
        products.append(_product(row, path))
    return products


def _product(row: Mapping[str, Any], picture: Path | bytes) -> Product:
    name = "" if isinstance(picture, bytes) else str(row["picture"])
    title = str(row.get("title") or Path(name).stem.replace("_", " ").strip())
    category = str(row.get("category") or "")
    return Product(
        id=str(row.get("id") or name),
        title=title or str(row.get("id")),
        link=str(row.get("link") or ""),
        category=category,
        picture=picture,
        stamp=f"{_stamp(picture)} {category}".strip(),
    )


def _stamp(picture: Path | bytes) -> str:
    """Size and time of a file, as `make` looks at them; or the digest of bytes."""
    if isinstance(picture, bytes):
        return hashlib.sha256(picture).hexdigest()
    try:
        status = picture.stat()
    except OSError:
        return "missing"  # reading it will say why
    return f"{status.st_size} {status.st_mtime_ns}"


def _parquet_rows(table: Path) -> list[Mapping[str, Any]]:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise ValueError(
            f"{table}: reading Parquet needs pip install 'photo-interests[recommend]'"
        ) from error
    return pyarrow.parquet.read_table(table).to_pylist()
