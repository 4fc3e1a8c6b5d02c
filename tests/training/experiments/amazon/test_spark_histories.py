"""Histories by Spark are those of one machine, row by row."""

from pathlib import Path

import pandas as pd
import pytest
from made_files import as_parquet, line, review, write_shop

from training.experiments.amazon.filters import Rules
from training.experiments.amazon.histories import (
    Source,
    load_histories,
    write_histories,
)
from training.experiments.amazon.spark_histories import write_histories_by_spark

RULES = Rules(core=3, categories=3)


def shop(folder: Path, layout: int, users: int = 30) -> Source:
    """Two review files, of which one repeats reviews and has broken lines."""
    again = b"".join(
        line(review("A0001", "B000000001", day, layout) | {"overall": stars}, layout)
        for day, stars in ((400, 2.0), (1, 5.0), (1, 3.0))
    )
    extra = again + b"{broken\n\n\xff\xfe\n"
    reviews, metadata = write_shop(folder, layout, users=users, extra=extra)
    return Source([reviews], [metadata], most_broken=0.05)


def assert_same(one: Path, other: Path) -> None:
    first, second = load_histories(one), load_histories(other)
    assert len(first.interactions) and len(first.items)
    pd.testing.assert_frame_equal(first.interactions, second.interactions)
    pd.testing.assert_frame_equal(first.items, second.items)


@pytest.mark.slow
@pytest.mark.parametrize("layout", [2014, 2018])
def test_spark_gives_the_rows_of_one_machine(tmp_path: Path, layout: int) -> None:
    source = shop(tmp_path / "files", layout)
    here, spark = tmp_path / "here", tmp_path / "spark"
    expected = write_histories(source, RULES, here, 200)
    for _ in range(2 if layout == 2014 else 1):  # the second replaces the first
        found = write_histories_by_spark("local[2]", source, RULES, spark)
    assert found == expected
    assert_same(here, spark)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "files", "here", "spark"
    ]  # fmt: skip


@pytest.mark.slow
def test_spark_reads_parquet_as_json(tmp_path: Path) -> None:
    files = write_shop(tmp_path / "files", 2018)
    reviews, metadata = (as_parquet(path, tmp_path / "files") for path in files)
    here, spark = tmp_path / "here", tmp_path / "spark"
    written = Source([files[0]], [files[1]])
    expected, _ = write_histories(written, RULES, here, 200)
    source = Source([reviews], [metadata])
    found, _ = write_histories_by_spark("local[2]", source, RULES, spark)
    assert found == expected
    assert_same(here, spark)
