"""Features of downloaded pictures, by a bundle's own reader, going on after a kill.

Pictures are cut into chunks, each of which becomes a Parquet file of `sha256` (of the
picture), `features` (bytes of the card's dimension) and `reason` (why there are none).
One machine writes them one after the other (`extract_here`), Spark many at a time
(`training.amazon.spark_features`); either goes on with what the other has left.
"""

import hashlib
import io
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from photo_interests.card import Card
from photo_interests.files import write_atomically
from photo_interests.photo_error import PhotoError
from photo_interests.photo_reader import PhotoReader

logger = logging.getLogger(__name__)
CHUNK = 1024
"""Pictures between two checkpoints: some ten seconds' work on 2 cores."""
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


def extract_pictures(
    pictures: Mapping[str, tuple[Path, str]],
    card: Card,
    extract: Extract,
    work: Path,
    chunk: int = CHUNK,
) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Extract the features of pictures, each once however many items share it.

    A checkpoint is named by a hash of the extractor and of the pictures in it, so one
    of other pictures or of another extractor is never taken.

    Args:
        pictures: File and sha256 of each item's picture.
        card: Of the bundle that `extract` reads with.
        extract: Does what no checkpoint is there for.
        work: Folder of checkpoints, left for the caller to delete.
        chunk: Pictures of a checkpoint.

    Returns:
        uint8 `(dimension,)` of each item, and the reason for each that has none.
    """
    work.mkdir(parents=True, exist_ok=True)
    chunks = _chunks(pictures, card.files[card.extractor.file].sha256, work, chunk)
    missing = [one for one in chunks if not Path(one.checkpoint).exists()]
    total = sum(len(one.keys) for one in missing)
    started, done = time.monotonic(), 0
    for more in extract(missing):
        done += more
        left = (time.monotonic() - started) / done * (total - done)
        logger.info("features: %d of %d pictures, about %.0f s left", done, total, left)
    found: dict[str, np.ndarray] = {}
    broken: dict[str, str] = {}
    for one in chunks:
        # As it is: the folder's own name may look like a partition's to Arrow.
        for row in pq.ParquetFile(one.checkpoint).read().to_pylist():
            if row["features"] is None:
                broken[row["sha256"]] = row["reason"]
            else:
                found[row["sha256"]] = np.frombuffer(row["features"], np.uint8)
    return (
        {i: found[sha] for i, (_, sha) in pictures.items() if sha in found},
        {i: broken[sha] for i, (_, sha) in pictures.items() if sha in broken},
    )


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


def _chunks(
    pictures: Mapping[str, tuple[Path, str]], extractor: str, work: Path, size: int
) -> list[Chunk]:
    files = {sha256: str(path.absolute()) for path, sha256 in pictures.values()}
    wanted = sorted(files)
    chunks = []
    for first in range(0, len(wanted), size):
        keys = wanted[first : first + size]
        name = hashlib.sha256("\n".join([extractor, *keys]).encode()).hexdigest()
        checkpoint = str((work / f"{name}.parquet").absolute())
        chunks.append(Chunk(checkpoint, keys, [files[key] for key in keys]))
    return chunks
