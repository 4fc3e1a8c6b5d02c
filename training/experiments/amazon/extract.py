"""Features of downloaded pictures, by a bundle's own reader, going on after a kill.

Pictures are cut into chunks, each of which becomes a Parquet file of `sha256` (of the
picture), `features` (bytes of the card's dimension) and `reason` (why there are none).
One machine writes them one after the other (`extract_here`), Spark many at a time
(`training.experiments.amazon.spark_features`); either resumes where the other stopped.
All features are never in memory at once.
"""

import hashlib
import io
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from photo_interests.bundle.card import Card
from photo_interests.files import write_atomically
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import PhotoReader

logger = logging.getLogger(__name__)
CHUNK = 1024
"""Pictures between two checkpoints: some ten seconds' work on 2 cores."""
SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
SCHEMA = pa.schema(
    [("sha256", pa.string()), ("features", pa.binary()), ("reason", pa.string())]
)


class Chunk(NamedTuple):
    """Pictures of one checkpoint.

    Attributes:
        checkpoint: File to write.
        keys: sha256 of each picture.
        files: Where each lies.
    """

    checkpoint: str
    keys: list[str]
    files: list[str]


Extract = Callable[[list[Chunk]], Iterator[int]]
"""Writes the checkpoint of each chunk; yields, now and then, how many pictures more
are done."""


@dataclass(frozen=True)
class Extracted:
    """Features of pictures, on the disk.

    Attributes:
        files: Of the store, in the order of their names.
        broken: The reason of each picture, by its sha256, that has no features.
        dimension: Of the features.
    """

    files: Sequence[Path]
    broken: Mapping[str, str]
    dimension: int

    def gather(self, wanted: Sequence[str], rows: np.ndarray) -> None:
        """Bring features into an order, a file after the other.

        Args:
            wanted: sha256 of the picture of each row.
            rows: uint8 `(len(wanted), dimension)` to fill; may lie on the disk.

        Raises:
            ValueError: There is a picture without features among them.
        """
        keys = np.asarray(wanted, dtype="S64")
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        filled = 0
        for file in self.files:
            found = _read(file, ["sha256", "features"]).to_pylist()
            found = [row for row in found if row["features"] is not None]
            read = np.asarray([row["sha256"] for row in found], dtype="S64")
            first, last = (np.searchsorted(keys, read, side) for side in SIDES)
            for row, start, end in zip(found, first, last, strict=True):
                rows[order[start:end]] = np.frombuffer(row["features"], np.uint8)
            filled += int((last - first).sum())
        if filled != len(wanted):
            raise ValueError(
                f"features: expected those of {len(wanted):,} pictures, received "
                f"{filled:,}"
            )


def extract_pictures(
    pictures: Mapping[str, Path],
    card: Card,
    extract: Extract,
    store: Path,
    chunk: int = CHUNK,
) -> Extracted:
    """Extract the features of the pictures that a store does not have yet.

    A picture is known by its own sha256 and stored under the card's `features_key`, so
    what is there is never of another picture, extractor or way to read. Whatever
    pictures came or went since, only what is new is read.

    Args:
        pictures: File of each picture by its sha256.
        card: Of the bundle that `extract` reads with.
        extract: Does what is not there.
        store: Folder of Parquet files, in a folder for each `features_key`.
        chunk: Pictures of a file.
    """
    place = store / card.features_key
    place.mkdir(parents=True, exist_ok=True)
    known = {key for file in _files(place) for key in _column(file, "sha256")}
    wanted = sorted(pictures.keys() - known)
    chunks = [
        _chunk(wanted[first : first + chunk], pictures, place)
        for first in range(0, len(wanted), chunk)
    ]
    started, done = time.monotonic(), 0
    for more in extract(chunks):
        done += more
        left = (time.monotonic() - started) / done * (len(wanted) - done)
        logger.info(
            "features: %d of %d pictures, about %.0f s left", done, len(wanted), left
        )
    files = _files(place)
    broken: dict[str, str] = {}
    for file in files:
        lacking = _read(file, ["sha256", "reason"])
        lacking = lacking.filter(lacking["reason"].is_valid())
        keys, reasons = (column.to_pylist() for column in lacking.columns)
        broken |= {k: v for k, v in zip(keys, reasons, strict=True) if k in pictures}
    return Extracted(files, broken, card.features.dimension)


def extract_here(reader: PhotoReader) -> Extract:
    """Make the `Extract` of one machine, with all processes of the reader."""

    def extract(chunks: list[Chunk]) -> Iterator[int]:
        for chunk in chunks:
            yield write_checkpoint(chunk, reader)

    return extract


def write_checkpoint(chunk: Chunk, reader: PhotoReader) -> int:
    """Read the pictures of a chunk and write their features, all or nothing.

    Returns:
        How many pictures there are.
    """
    features: list[bytes | None] = [None] * len(chunk.keys)
    reasons: list[str | None] = [None] * len(chunk.keys)
    for index, outcome in reader.read([Path(file) for file in chunk.files]):
        if isinstance(outcome, PhotoError):
            reasons[index] = outcome.reason
        else:
            features[index] = outcome.tobytes()
    table = pa.Table.from_arrays(
        [
            pa.array(column, field.type)
            for column, field in zip(
                (chunk.keys, features, reasons), SCHEMA, strict=True
            )
        ],
        schema=SCHEMA,
    )
    content = io.BytesIO()
    pq.write_table(table, content)
    write_atomically(Path(chunk.checkpoint), content.getvalue())
    return len(chunk.keys)


def _chunk(keys: list[str], pictures: Mapping[str, Path], place: Path) -> Chunk:
    # Named by what is in it: two runs that do the same work write the same file.
    name = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    files = [str(pictures[key].absolute()) for key in keys]
    return Chunk(str((place / f"{name}.parquet").absolute()), keys, files)


def _files(place: Path) -> list[Path]:
    return sorted(path for path in place.glob("*.parquet") if path.name[0] != ".")


def _column(file: Path, name: str) -> list[str]:
    return _read(file, [name])[name].to_pylist()


def _read(file: Path, columns: list[str]) -> pa.Table:
    # A single file as it is: a folder's name may look like a partition's to Arrow.
    return pq.ParquetFile(file).read(columns)
