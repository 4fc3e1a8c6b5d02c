"""What runs the SQL over the tables: DuckDB on one machine, or Apache Spark.

DuckDB keeps to a limit of memory and spills to the disk. Both run the very same SQL.
"""

import importlib.util
import os
import shutil
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import duckdb

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Engine(Protocol):
    """Runs SQL."""

    def execute(self, query: str) -> None:
        """Run a query for its effect."""

    def rows(self, query: str) -> list[tuple]:
        """Run a query and fetch all its rows."""

    def view(self, name: str, paths: Sequence[Path]) -> None:
        """Make Parquet files a table."""

    def write(self, query: str, path: Path) -> None:
        """Write the rows of a query as Parquet, in their order."""


class DuckDb:
    """A database file that is removed at the end.

    Args:
        connection: To the file.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def execute(self, query: str) -> None:
        """Run a query for its effect."""
        self._connection.execute(query)

    def rows(self, query: str) -> list[tuple]:
        """Run a query and fetch all its rows."""
        return self._connection.execute(query).fetchall()

    def view(self, name: str, paths: Sequence[Path]) -> None:
        """Make Parquet files a table."""
        files = ", ".join(f"'{_quoted(path)}'" for path in paths)
        self.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{files}])")

    def write(self, query: str, path: Path) -> None:
        """Write the rows of a query as one Parquet file, in their order."""
        self.execute(f"COPY ({query}) TO '{_quoted(path)}' (FORMAT parquet)")


class Spark:
    """An Apache Spark session, whose tables are Parquet files.

    Args:
        session: See `spark_session`.
    """

    def __init__(self, session: "SparkSession") -> None:
        self._session = session

    def execute(self, query: str) -> None:
        """Run a query for its effect."""
        self._session.sql(query)

    def rows(self, query: str) -> list[tuple]:
        """Run a query and fetch all its rows."""
        return [tuple(row) for row in self._session.sql(query).collect()]

    def view(self, name: str, paths: Sequence[Path]) -> None:
        """Make Parquet files a table."""
        files = [str(path.absolute()) for path in paths]
        self._session.read.parquet(*files).createOrReplaceTempView(name)

    def write(self, query: str, path: Path) -> None:
        """Write the rows of a query as files of a folder, named in their order."""
        self._session.sql(query).write.parquet(str(path.absolute()))


@contextmanager
def opened_duckdb(path: Path, memory_limit_mb: int) -> Iterator[DuckDb]:
    """Open a new database file, which is removed at the end.

    Args:
        path: Of the file; its folder needs room for the reviews without their texts.
        memory_limit_mb: What DuckDB may hold, in MB; the rest goes beside `path`.
    """
    _remove(path)
    connection = duckdb.connect(str(path))
    try:
        connection.execute(f"SET memory_limit = '{memory_limit_mb}MB'")
        connection.execute("SET preserve_insertion_order = false")
        # DuckDB would draw on stdout, between the lines of the command.
        connection.execute("SET enable_progress_bar = false")
        yield DuckDb(connection)
    finally:
        connection.close()
        _remove(path)


def check_spark() -> None:
    """Check that Spark is installed.

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

    # PySpark 4.3 warns of pandas 3. What is used here, mapInPandas with plain columns,
    # the tests see working.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
    settings = {
        "spark.sql.session.timeZone": "UTC",
        # The SQL that DuckDB runs as well: "user" is a column, not a text.
        "spark.sql.ansi.enabled": "true",
        "spark.sql.ansi.doubleQuotedIdentifiers": "true",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": str((tables or Path()).absolute()),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
    }
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        # As `python -m training` finds the package in the folder where it is called.
        path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
        settings["spark.executorEnv.PYTHONPATH"] = path
        for option in ("host", "bindAddress"):  # nothing on this machine's network
            settings[f"spark.driver.{option}"] = "127.0.0.1"
    builder = SparkSession.builder.master(master).appName("photo-interests")
    session = builder.config(map=settings).getOrCreate()
    try:
        yield session
    finally:
        session.stop()


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("'", "''")


def _remove(path: Path) -> None:
    for old in (path, path.with_name(path.name + ".wal")):
        old.unlink(missing_ok=True)
