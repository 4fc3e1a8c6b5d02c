"""Features of pictures by Spark, on this machine or on a cluster's workers.

Pictures, bundle and checkpoints must lie where every worker sees them under the same
paths, and the package must be installed there. A task is a chunk and writes its
checkpoint itself, whole or not at all: what a lost worker had under way Spark does
again, and what a killed run had done stays done.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from photo_interests.photos.photo_reader import PhotoReader
from training.experiments.amazon.extract import Chunk, Extract, write_checkpoint

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CHUNKS = "checkpoint string, keys array<string>, files array<string>"
DONE = "pictures long"
CHUNKS_A_CORE = 16
"""Of a job: enough that the cores that end first wait little for the last."""


def extract_by_spark(session: "SparkSession", reader: PhotoReader) -> Extract:
    """Make the `Extract` of a Spark session.

    Args:
        session: See `training.experiments.amazon.spark_session`.
        reader: Reads in each task, with a process of its own: a picture that crashes
            the decoder is named and does not take the task along.
    """
    alone = replace(reader, bundle=reader.bundle.absolute(), processes=1)

    def write(tables: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for table in tables:
            counts = [
                write_checkpoint(Chunk(checkpoint, list(keys), list(files)), alone)
                for checkpoint, keys, files in table.itertuples(index=False)
            ]
            yield pd.DataFrame({"pictures": counts})

    def extract(chunks: list[Chunk]) -> Iterator[int]:
        at_once = CHUNKS_A_CORE * session.sparkContext.defaultParallelism
        for first in range(0, len(chunks), at_once):
            part = chunks[first : first + at_once]
            # A slice each: a task is a chunk.
            rows = session.sparkContext.parallelize(part, len(part))
            table = session.createDataFrame(rows, CHUNKS)
            done = table.mapInPandas(write, DONE).collect()
            yield sum(row.pictures for row in done)

    return extract
