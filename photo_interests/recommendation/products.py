"""Products of a shop as their owner keeps them: a folder, or a Parquet table.

A folder holds pictures at any depth; each is a product. A `products.csv` in it may say
more: its column `picture` names a file of the folder, and `id`, `title`, `link` and
`category` (an interest's id) are optional. A Parquet table has the same columns; its
pictures are paths beside the table, or the bytes of picture files.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from photo_interests.photos.find import find_photos
from photo_interests.photos.photo_error import PhotoError
from photo_interests.recommendation.tables import Row, read_csv, read_parquet

TABLE = "products.csv"
COLUMNS = ("picture", "id", "title", "link", "category")


@dataclass(frozen=True)
class Product:
    """One product.

    Attributes:
        id: Identifier given by the owner, which stays the same.
        title: Name for people.
        link: Web address of the product, or "".
        category: Id of its interest, or "" to predict it from the picture.
        picture: A file, or the content of one.
        stamp: Changes when the picture or the category does.
    """

    id: str
    title: str
    link: str
    category: str
    picture: Path | bytes
    stamp: str


@dataclass(frozen=True)
class FoundProducts:
    """What a folder or table holds.

    Attributes:
        products: Products that can be read, each id once.
        skipped: Rows and folders that cannot, each with the reason.
        notes: What is wrong with products that are read nevertheless.
    """

    products: tuple[Product, ...]
    skipped: tuple[PhotoError, ...]
    notes: tuple[str, ...]


def find_products(source: Path) -> FoundProducts:
    """List the products of a folder or table.

    Args:
        source: A folder, with a `products.csv` or without, or a `.parquet` table.

    Raises:
        FileNotFoundError: There is no such folder or table.
        ValueError: It holds no product, or rows of the table would be lost.
    """
    if source.is_dir() and (source / TABLE).is_file():
        table = source / TABLE
        found = _of_rows(table, read_csv(table, COLUMNS))
    elif source.is_dir():
        found = _of_pictures(source)
    elif source.suffix == ".parquet" and source.is_file():
        found = _of_rows(source, read_parquet(source, COLUMNS))
    else:
        raise FileNotFoundError(
            f"{source}: expected a folder of pictures or a .parquet table"
        )
    if not found.products:
        reasons = "".join(f"; {error}" for error in found.skipped[:1])
        raise ValueError(f"{source}: expected products, received none{reasons}")
    return found


def _of_pictures(folder: Path) -> FoundProducts:
    found = find_photos([folder])
    products = [
        _product({"picture": str(path.relative_to(folder))}, path)
        for path in found.files
    ]
    return FoundProducts(tuple(products), found.skipped, ())


def _of_rows(table: Path, rows: Iterable[Row]) -> FoundProducts:
    products: dict[str, Product] = {}
    skipped, notes = [], []
    for number, row in enumerate(rows, start=1):
        try:
            product = _of_row(table, row)
            if product.id in products:
                raise ValueError(
                    f"expected each id once, received {product.id!r} again"
                )
        except ValueError as error:
            skipped.append(PhotoError(table, f"row {number}: {error}"))
            continue
        product, wrong = _mended(product)
        notes += [f"{table}, row {number}: {each}" for each in wrong]
        products[product.id] = product
    return FoundProducts(tuple(products.values()), tuple(skipped), tuple(notes))


def _of_row(table: Path, row: Row) -> Product:
    """Return the product of a row.

    Raises:
        ValueError: The row is not one of a product.
    """
    if None in row:
        raise ValueError(f"expected {len(row) - 1} cells, received more")
    picture = row.get("picture")
    if not picture:
        raise ValueError("expected a picture, received none")
    if isinstance(picture, bytes):
        if not row.get("id"):
            raise ValueError("expected an id, received none")
        return _product(row, picture)
    return _product(row, path_beside(table, str(picture)))


def path_beside(table: Path, name: str) -> Path:
    """Return a file that a table names.

    Args:
        table: The table; names are relative to its folder.
        name: A name in it.

    Raises:
        ValueError: The file would be outside of the folder.
    """
    path = table.parent / name
    try:
        inside = path.resolve().is_relative_to(table.parent.resolve())
    except (OSError, ValueError):  # a loop of links, or a character 0
        inside = False
    if not inside:
        raise ValueError(f"expected a picture beside the table, received {name!r}")
    return path


def _mended(product: Product) -> tuple[Product, list[str]]:
    """Drop what is wrong with a product, and return why."""
    wrong = []
    if product.link and not is_web_link(product.link):
        wrong.append(f"link dropped, expected http or https: {product.link!r}")
        product = replace(product, link="")
    try:
        product.title.encode()
    except UnicodeEncodeError:
        wrong.append("title is not UTF-8")
        title = product.title.encode("utf-8", "surrogateescape")
        product = replace(product, title=title.decode("utf-8", "replace"))
    return product, wrong


def is_web_link(link: str) -> bool:
    """Whether a link leads to a page of the web."""
    try:
        return urlsplit(link).scheme in ("http", "https")
    except ValueError:  # such as an address with half a bracket
        return False


def _product(row: Row, picture: Path | bytes) -> Product:
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
