"""Features of pictures by a bundle's own reader, resuming after a kill.

Pictures are cut into chunks, each of which becomes a Parquet file of `sha256` (of the
picture), `features` (bytes of the card's dimension) and `reason` (why there are none).
One machine writes them one after the other (`extract_here`), Spark many at a time
(`extract_by_spark`); either resumes where the other stopped. All features are never in
memory at once.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from photo_interests.bundle.card import Card
from photo_interests.files import writing
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import PhotoReader
from training.runs import tracked

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CHUNK = 1024
"""Pictures between two checkpoints: some ten seconds' work on 2 cores."""
CHUNKS_PER_CORE = 16
"""Of a Spark job: enough that the cores that finish first wait little for the last."""
SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
SCHEMA = pa.schema(
    [("sha256", pa.string()), ("features", pa.binary()), ("reason", pa.string())]
)


class Chunk(NamedTuple):
    """Pictures of one checkpoint.

    Attributes:
        checkpoint: File to write.
        keys: sha256 of each picture.
        files: Path of each picture.
    """

    checkpoint: str
    keys: list[str]
    files: list[str]


Extract = Callable[[list[Chunk]], Iterator[int]]
"""Writes the checkpoint of each chunk; yields how many more chunks are done."""


@dataclass(frozen=True)
class Extracted:
    """Features of pictures, on the disk.

    Attributes:
        files: Files of the store, in the order of their names.
        broken: The reason for each picture, by its sha256, that has no features.
        dimension: Length of a picture's features.
    """

    files: Sequence[Path]
    broken: Mapping[str, str]
    dimension: int

    def gather(self, wanted: Sequence[str], rows: np.ndarray) -> None:
        """Bring features into an order, one file after the other.

        Args:
            wanted: sha256 of the picture of each row.
            rows: uint8 `(len(wanted), dimension)` to fill; may lie on the disk.

        Raises:
            ValueError: One of the pictures has no features.
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

    A picture is identified by its sha256 and stored under the card's `features_key`, so
    that features are never of another picture, extractor or preprocessing. Only new
    pictures are read, whatever pictures came or went since.

    Args:
        pictures: File of each picture by its sha256.
        card: Card of the bundle that `extract` reads with.
        extract: Extracts what is missing.
        store: Folder of Parquet files, in a folder for each `features_key`.
        chunk: Number of pictures per file.
    """
    place = store / card.features_key
    place.mkdir(parents=True, exist_ok=True)
    known = {key for file in _files(place) for key in _column(file, "sha256")}
    wanted = sorted(pictures.keys() - known)
    chunks = [
        _chunk(wanted[first : first + chunk], pictures, place)
        for first in range(0, len(wanted), chunk)
    ]
    steps = (1 for done in extract(chunks) for _ in range(done))
    for _ in tracked(steps, f"Extracting {len(wanted):,} pictures", len(chunks)):
        pass
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
            write_checkpoint(chunk, reader)
            yield 1

    return extract


def extract_by_spark(session: "SparkSession", reader: PhotoReader) -> Extract:
    """Make the `Extract` of a Spark session, on this machine or a cluster's workers.

    Pictures, bundle and checkpoints must be visible to every worker under the same
    paths, and the package must be installed there. A task is a chunk and writes its
    checkpoint itself, whole or not at all: Spark repeats what a lost worker had not
    finished, and a killed run keeps what was written.

    Args:
        session: See `training.experiments.amazon.engines`.
        reader: Reads in each task, with one worker process: a picture that crashes the
            decoder is reported and does not end the task.
    """
    alone = replace(reader, bundle=reader.bundle.absolute(), processes=1)

    def write(tables: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for table in tables:
            for checkpoint, keys, files in table.itertuples(index=False):
                write_checkpoint(Chunk(checkpoint, list(keys), list(files)), alone)
            yield pd.DataFrame({"chunks": [len(table)]})

    def extract(chunks: list[Chunk]) -> Iterator[int]:
        at_once = CHUNKS_PER_CORE * session.sparkContext.defaultParallelism
        columns = "checkpoint string, keys array<string>, files array<string>"
        for first in range(0, len(chunks), at_once):
            part = chunks[first : first + at_once]
            # A slice each: a task is a chunk.
            rows = session.sparkContext.parallelize(part, len(part))
            table = session.createDataFrame(rows, columns)
            done = table.mapInPandas(write, "chunks long").collect()
            yield sum(row.chunks for row in done)

    return extract


def write_checkpoint(chunk: Chunk, reader: PhotoReader) -> None:
    """Read the pictures of a chunk and write their features, all or nothing."""
    features: list[bytes | None] = [None] * len(chunk.keys)
    reasons: list[str | None] = [None] * len(chunk.keys)
    for index, outcome in reader.read([Path(file) for file in chunk.files]):
        if isinstance(outcome, PhotoError):
            reasons[index] = outcome.reason
        else:
            features[index] = outcome.tobytes()
    columns = dict(zip(SCHEMA.names, (chunk.keys, features, reasons), strict=True))
    with writing(Path(chunk.checkpoint)) as temporary:
        pq.write_table(pa.table(columns, SCHEMA), temporary)


def _chunk(keys: list[str], pictures: Mapping[str, Path], place: Path) -> Chunk:
    # Named by its content: two runs that do the same work write the same file.
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
