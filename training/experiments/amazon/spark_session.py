"""Spark sessions, with a clear word where Spark cannot be had."""

import importlib.util
import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def check_spark() -> None:
    """See to it that Spark is there.

    Raises:
        ValueError: pyspark or Java is missing.
    """
    if importlib.util.find_spec("pyspark") is None:
        raise ValueError(
            "engine spark: expected the package pyspark, received none; "
            "install it with `pip install '.[spark]'`"
        )
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise ValueError(
            "engine spark: expected Java 17 or newer as 'java' or in JAVA_HOME, "
            "received neither"
        )


@contextmanager
def spark_session(master: str, tables: Path | None = None) -> Iterator["SparkSession"]:
    """Open a session and close it at the end.

    Args:
        master: `local[*]` for all cores of this machine, or the URL of a cluster.
        tables: Folder for tables, which all workers see.

    Raises:
        ValueError: pyspark or Java is missing.
    """
    check_spark()
    from pyspark.sql import SparkSession

    # PySpark 4.3 says so of pandas 3. What is used of it here, mapInPandas with plain
    # columns, the tests see working.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
    builder = SparkSession.builder.master(master)
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        # As `python -m training` finds the package in the folder where it is called.
        path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
        builder = builder.config("spark.executorEnv.PYTHONPATH", path)
        loopback = "127.0.0.1"  # nothing on this machine's network
        builder = builder.config("spark.driver.host", loopback)
        builder = builder.config("spark.driver.bindAddress", loopback)
    session = (
        builder.appName("photo-interests")
        .config("spark.sql.session.timeZone", "UTC")
        # The SQL that DuckDB runs as well: "user" is a column, not a text.
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.ansi.doubleQuotedIdentifiers", "true")
        .config("spark.sql.catalogImplementation", "in-memory")
        .config("spark.sql.warehouse.dir", str((tables or Path()).absolute()))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower())
        .getOrCreate()
    )
    try:
        yield session
    finally:
        session.stop()
