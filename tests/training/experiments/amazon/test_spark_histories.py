"""Histories by Spark are those of one machine, row by row."""

from pathlib import Path

import pandas as pd
import pytest
from made_files import as_parquet, line, review, write_shop

from training.experiments.amazon.filters import Rules
from training.experiments.amazon.histories import (
    Source,
    Written,
    load_histories,
    write_histories,
)

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


def written(folder: Path, source: Source, master: str | None = None) -> Written:
    folder.mkdir(exist_ok=True)
    return write_histories(source, RULES, folder, folder / "scratch", 200, master)


def assert_same(one: Path, other: Path) -> None:
    first, second = load_histories(one), load_histories(other)
    assert len(first.interactions) and len(first.items)
    pd.testing.assert_frame_equal(first.interactions, second.interactions)
    pd.testing.assert_frame_equal(first.items, second.items)


@pytest.mark.slow
@pytest.mark.parametrize("layout", [2014, 2018])
def test_spark_gives_the_rows_of_one_machine(tmp_path: Path, layout: int) -> None:
    source = shop(tmp_path / "files", layout)
    expected = written(tmp_path / "here", source)
    for _ in range(2 if layout == 2014 else 1):  # the second replaces the first
        found = written(tmp_path / "spark", source, "local[2]")
    assert found == expected
    assert_same(tmp_path / "here", tmp_path / "spark")


@pytest.mark.slow
def test_spark_reads_parquet_as_json(tmp_path: Path) -> None:
    files = write_shop(tmp_path / "files", 2018)
    reviews, metadata = (as_parquet(path, tmp_path / "files") for path in files)
    expected = written(tmp_path / "here", Source([files[0]], [files[1]]))
    found = written(tmp_path / "spark", Source([reviews], [metadata]), "local[2]")
    assert found.sizes == expected.sizes
    assert_same(tmp_path / "here", tmp_path / "spark")
