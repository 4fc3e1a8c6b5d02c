"""Small committed tables."""

import csv
from pathlib import Path


def read_csv_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file with a header.

    Args:
        path: The file, in UTF-8.

    Returns:
        Its rows, each by the names of the columns.

    Raises:
        FileNotFoundError: There is no such file.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
