"""The Amazon commands as reviews grow, on one machine and by local Spark."""

import gzip
import logging
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from export.bench.department import SIDE, TAKEN, draw_pictures, write_department
from export.bench.paired import Work, exponent, in_turns, ratio
from export.bench.settings import Settings
from photo_interests.bundle.card import load_card
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.photos.processes import usable_cores
from training.experiments.amazon.extract import Extract, extract_here, extract_pictures
from training.experiments.amazon.spark_features import extract_by_spark
from training.experiments.amazon.spark_session import spark_session
from training.reports.measurement import Measurement

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

logger = logging.getLogger(__name__)
USERS = (2_500, 25_000, 100_000)
BY_SPARK = 2
"""So many of the largest sizes: what Spark costs a review is what it takes longer."""
PICTURES = 384
CHUNK = 96
TURNS = 3
MEMORY_MB = 128
"""What the database may hold; beyond it, it goes to the disk."""


def measure_amazon(settings: Settings) -> dict[str, Any]:
    """Run the commands on made-up files.

    Returns:
        `reviews`: {number: seconds, peak_memory_bytes} of one machine with
        `reviews_exponent` and `memory_exponent`; `spark`: {number: seconds} and
        `spark_overhead` for the largest; `lines_per_second` of unpacking alone and
        `spread_lines_per_second` of one task of Spark that hands them to others;
        `pictures`: their number, side and `chunk`, `one_process` and `spark` as
        ratios to all processes of one machine, `session_seconds` until Spark takes
        work.
    """
    values: dict[str, Any] = {"reviews": {}, "spark": {}, "memory_mb": MEMORY_MB}
    sizes = (50, 200, 500) if settings.quick else USERS
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for users in sizes:
            files = write_department(folder / str(users), users)
            here = _histories(files, folder / str(users), "one-machine")
            values["reviews"][TAKEN * users] = {
                "seconds": here.seconds,
                "peak_memory_bytes": here.peak_memory_bytes,
            }
            logger.info("%d reviews: %.1f s", TAKEN * users, here.seconds)
            if users in sizes[-BY_SPARK:]:
                spark = _histories(files, folder / str(users), "spark")
                values["spark"][TAKEN * users] = spark.seconds
                logger.info("the same by Spark: %.1f s", spark.seconds)
        values["spark_overhead"] = spark.seconds / here.seconds
        values["lines_per_second"] = _lines_per_second(files[0])
        values |= _by_spark(settings, folder, files[0])
    numbers = list(values["reviews"])
    for name, key in (("reviews", "seconds"), ("memory", "peak_memory_bytes")):
        costs = [values["reviews"][number][key] for number in numbers]
        values[f"{name}_exponent"] = exponent(numbers, costs)
    return values


def _histories(files: tuple[Path, Path], folder: Path, engine: str) -> Measurement:
    """Run the command itself, and read what it measured of itself."""
    reviews, metadata = files
    runs = folder / engine
    command = [
        sys.executable, "-m", "training", "amazon-histories", "--engine", engine,
        "--reviews", str(reviews), "--metadata", str(metadata), "--core", "5",
        "--memory-mb", str(MEMORY_MB), "--out", str(runs / "histories"),
        "--runs", str(runs),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return Measurement.load(runs / "results" / "amazon-histories.json")


def _lines_per_second(path: Path) -> float:
    started = time.perf_counter()
    with gzip.open(path) as file:
        lines = sum(1 for _ in file)
    return lines / (time.perf_counter() - started)


def _by_spark(settings: Settings, folder: Path, reviews: Path) -> dict[str, Any]:
    """Measure, in one session of Spark, the spreading of lines and the extraction."""
    started = time.perf_counter()
    with spark_session(f"local[{usable_cores()}]") as session:
        session.sparkContext.parallelize([1]).count()
        session_seconds = time.perf_counter() - started
        pictures = _extraction(settings, folder, session)
        spread = _spread_lines_per_second(session, reviews)
    return {
        "pictures": pictures | {"session_seconds": session_seconds},
        "spread_lines_per_second": spread,
    }


def _spread_lines_per_second(session: "SparkSession", reviews: Path) -> float:
    """Time the one task that reads a gzip for all others, as the command has it."""
    lines = session.read.text(str(reviews), lineSep="\n")
    spread = lines.repartition(4 * session.sparkContext.defaultParallelism)
    number = spread.count()  # the first time Spark compiles
    started = time.perf_counter()
    spread.write.format("noop").mode("overwrite").save()
    return number / (time.perf_counter() - started)


def _extraction(
    settings: Settings, folder: Path, session: "SparkSession"
) -> dict[str, Any]:
    count = CHUNK if settings.quick else PICTURES
    pictures = draw_pictures(folder / "pictures", count)
    sizes = [path.stat().st_size for path in pictures.values()]
    card = load_card(settings.bundle)
    cores = usable_cores()
    bundle = settings.bundle.absolute()

    def work(extract: Extract) -> Work:
        def run() -> None:
            place = folder / "work"
            shutil.rmtree(place, ignore_errors=True)
            extract_pictures(pictures, card, extract, place, CHUNK)

        return run

    alone = PhotoReader(bundle, card, 1, 1)
    seconds = in_turns(
        {
            "one": work(extract_here(alone)),
            "all": work(extract_here(PhotoReader(bundle, card, cores, 1))),
            "spark": work(extract_by_spark(session, alone)),
        },
        settings.turns(TURNS),
        warm_up=0 if settings.quick else 1,
    )
    return {
        "pictures": count,
        "side": SIDE,
        "chunk": CHUNK,
        "mean_bytes": float(np.mean(sizes)),
        "one_process": ratio(seconds["one"], seconds["all"]),
        "spark": ratio(seconds["spark"], seconds["all"]),
    }
