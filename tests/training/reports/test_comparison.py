import io
from typing import Any

import pytest
from rich.console import Console

from training.reports.comparison import (
    comparison_tables,
    difference_table,
    summary_table,
)
from training.reports.table import Table


def test_the_summary_has_a_row_an_aggregator(compared: dict[str, Any]) -> None:
    table = summary_table(compared, "users")
    assert table.title == "60 simulated users"
    assert [row[0] for row in table.rows] == list(compared["aggregators"])
    assert [row[1] for row in table.rows] == ["1,000", "2,000", "3,000"]
    assert table.rows[2][2] == "1.000 (1.000 to 1.000)"
    assert "MAP" in table.columns and "ECE" in table.columns


def test_interest_free_users_show_false_positives_only(
    compared: dict[str, Any],
) -> None:
    table = summary_table(compared, "interest-free-unseen")
    assert list(table.columns[2:]) == [
        "false positives per user",
        "users with a false positive",
    ]


def test_differences_are_to_the_reference(compared: dict[str, Any]) -> None:
    table = difference_table(compared)
    assert table.title.startswith("MAP less that of average")
    assert [row[0] for row in table.rows] == ["attention_2", "photo_evidence"]
    assert all(row[1].startswith("+0.") for row in table.rows)


def test_the_terminal_shows_every_scenario(compared: dict[str, Any]) -> None:
    console = Console(file=io.StringIO(), width=200)
    for table in comparison_tables(compared):
        console.print(table.rich())
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    for title in ("60 simulated users", "15 real contributors", "without interests"):
        assert title in text


def test_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 2 cells"):
        Table("T", ["a", "b"], [["x"]])
