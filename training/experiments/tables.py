"""Writes the tables of the result pages from the measurements.

Every table is declared in `tables.toml`: a measurement, a path to its rows, and a path
and a format for each column. The pages in `docs/results` include the written files.
"""

import argparse
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

DECLARATIONS = Path(__file__).with_suffix(".toml")
DOCS = Path("docs")
TABLES = DOCS / "results" / "tables"
PLAIN: dict[str, Callable[[Any], str]] = {
    "int": lambda x: f"{x:,.0f}",
    "number": lambda x: f"{x:,.0f}" if x % 1 == 0 or x > 999 else f"{x:.3g}",
    "percent": lambda x: f"{100 * x:.0f}%",
    "millions": lambda x: f"{x / 1e6:,.2f}",
    "whole millions": lambda x: f"{x / 1e6:,.0f}",
    "MiB": lambda x: f"{x / 2**20:,.2f}",
    "time": lambda x: f"{x:.1f} s" if x < 120 else f"{x / 60:.0f} min",
    "text": str,
    "yes": lambda x: "yes" if x else "no",
}
"""Formats by name; any other is a format specification, such as `.3f`."""


@dataclass(frozen=True)
class Declarations:
    """What `tables.toml` holds, which explains the keys of a table.

    Attributes:
        labels: Words to show for keys of the measurements.
        commands: Command that measures, by path of the measurement below `docs`.
        table: One mapping per table.
    """

    labels: Mapping[str, str]
    commands: Mapping[str, str]
    table: Sequence[Mapping[str, Any]]


class Row(NamedTuple):
    """A row of a table: its value and the keys that lead to it."""

    value: Any
    keys: tuple[str, ...] = ()


def load_declarations() -> Declarations:
    """Read the declared tables."""
    return Declarations(**tomllib.loads(DECLARATIONS.read_text(encoding="utf-8")))


def resolve(value: Any, path: str) -> Any:
    """Follow a path of keys joined by `/`; None where there is nothing.

    Args:
        value: Nested mappings and lists.
        path: Keys and indices; `.` is the value itself. In a list of runs, `key=value`
            parts joined by `,` select runs, and any other key is read from each run.
    """
    for key in [] if path == "." else path.strip("/").split("/"):
        if isinstance(value, Mapping) and key == "*":
            value = list(value.values())
        elif isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, list) and "=" in key:
            value = select(value, dict(part.split("=") for part in key.split(",")))
        elif isinstance(value, list) and key.lstrip("-").isdigit():
            value = value[int(key)]
        elif isinstance(value, list):
            value = [one[key] for one in value if key in one]
        else:
            return None
    return value


def select(runs: Sequence[Any], wanted: Mapping[str, Any]) -> list[Any]:
    """The runs whose values read as the wanted ones."""
    pairs = [(key, str(value).removesuffix(".0")) for key, value in wanted.items()]
    return [
        run
        for run in runs
        if all(str(run[key]).removesuffix(".0") == value for key, value in pairs)
    ]


def rows_of(values: Any, table: Mapping[str, Any]) -> Iterator[Row]:
    """The rows of a table in one measurement, in its order."""
    if "items" in table:
        for label, path in table["items"]:
            yield Row(resolve(values, path), (label,))
    elif "group" in table:
        groups: dict[str, list[Any]] = {}
        for run in resolve(values, table["rows"]):
            groups.setdefault(run[table["group"]], []).append(run)
        for key, runs in groups.items():
            if "best" in table:
                parameter, metric = table["best"]
                best = max(runs, key=lambda run: run[metric])[parameter]
                runs = select(runs, {parameter: best})
            yield Row(runs, (key,))
    else:
        yield from _matches(Row(values), table["rows"].split("/"))


def _matches(row: Row, path: Sequence[str]) -> Iterator[Row]:
    if not path:
        yield row
    elif path[0] != "*":
        found = resolve(row.value, path[0])
        if found is not None:
            yield from _matches(Row(found, row.keys), path[1:])
    elif isinstance(row.value, Mapping):
        for key, value in row.value.items():
            yield from _matches(Row(value, (*row.keys, key)), path[1:])


def write_number(found: Any, form: str) -> str:
    """A cell: a number, with its interval, or its mean over runs with their range.

    Args:
        found: A number, an interval, or the values of runs.
        form: One of `PLAIN` or a format specification; after `median`, the middle of
            the runs stands in place of their mean.
    """
    if isinstance(found, list) and form.startswith("median "):
        middle = {"value": median(found), "low": min(found), "high": max(found)}
        return write_number(middle, form.removeprefix("median "))
    if isinstance(found, list):
        if len(found) < 2:
            return write_number(found[0], form) if found else ""
        spread = {"value": sum(found) / len(found), "low": min(found)}
        return write_number({**spread, "high": max(found)}, form)
    if isinstance(found, Mapping):
        low, high = write_number(found["low"], form), write_number(found["high"], form)
        return f"{write_number(found['value'], form)} ({low} to {high})"
    if found is None:
        return ""
    text = PLAIN[form](found) if form in PLAIN else format(found, form)
    return re.sub(r"^([+-]?)0\.", r"\1.", text)


def cells_of(
    row: Row, values: Any, table: Any, all_: Declarations, docs: Path = DOCS
) -> list[str]:
    """The cells of one row.

    Args:
        row: The row.
        values: The whole measurement, for paths that begin with `/`.
        table: Its declaration.
        all_: For labels and commands.
        docs: Folder with the measurements, for paths such as `results/other#path`.

    Returns:
        One text per column.
    """
    cells = []
    for _, path, *form in table["columns"]:
        if path.isdigit():
            cells.append(row.keys[int(path) - 1])
        elif path == "command":
            command = all_.commands.get(row.keys[0])
            cells.append(f"`{command}`" if command else "")
        else:
            source, _, place = path.format("", *row.keys).rpartition("#")
            start = values if place.startswith("/") else row.value
            start = _values(docs, source) if source else start
            cells.append(write_number(resolve(start, place), form[0]))
    labels = {**all_.labels, **table.get("labels", {})}
    return [labels.get(cell, cell).replace("|", "\\|") for cell in cells]


def target_cells(target: Sequence[Any], docs: Path) -> list[str]:
    """The cells of a target: what is bounded, the bound, the number, the result."""
    text, source, path, sign, bound = target
    found = resolve(_read(docs / f"{source}.json")["values"], path)
    number = found["value"] if isinstance(found, Mapping) else found
    met = number >= bound if sign == "≥" else number <= bound
    return [
        text,
        f"{sign} {bound:,.8g}",
        write_number(found, ",.8g" if number > 1e6 else ",.4g"),
        "met" if met else "**not met**",
    ]


def render(table: Mapping[str, Any], all_: Declarations, docs: Path = DOCS) -> str:
    """A declared table as Markdown, with the command that measures it below.

    Args:
        table: Its declaration.
        all_: For labels and commands.
        docs: Folder with the measurements.

    Raises:
        ValueError: The declaration finds no row.
    """
    if "targets" in table:
        columns = ["Target", "Bound", "Measured", "Result"]
        body = [target_cells(target, docs) for target in table["targets"]]
        source = "the measurements named in `training/experiments/tables.toml`"
    else:
        columns = [title for title, *_ in table["columns"]]
        body = []
        for part in (table, *({**table, **more} for more in table.get("more", []))):
            values = _values(docs, part["source"])
            rows = rows_of(values, part)
            body += [cells_of(row, values, part, all_, docs) for row in rows]
        source = "; ".join(_origin(name, all_) for name in _sources(table))
    if table.get("complete"):
        body = [cells for cells in body if all(cells)]
    if "sort" in table:
        body.sort(key=lambda cells: cells[table["sort"]], reverse=True)
    if not body:
        raise ValueError(f"table {table['name']}: no row at {table.get('rows')!r}")
    return f"{markdown(columns, body)}\n*Measured by {source}.*\n"


def markdown(columns: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """A Markdown table; columns of numbers are aligned right."""
    numeric = [
        all(not cell[:1].strip("+-.0123456789") for cell in column)
        for column in zip(*body, strict=True)
    ]
    rule = ["---", *("---:" if number else "---" for number in numeric[1:])]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (columns, rule, *body))


def _sources(table: Mapping[str, Any]) -> list[str]:
    """The measurements that a table shows, each once."""
    paths = [path for _, path, *_ in table["columns"]]
    others = [path.partition("#")[0] for path in paths if "#" in path]
    more = [one["source"] for one in table.get("more", [])]
    return list(dict.fromkeys([table["source"], *more, *others]))


def _origin(source: str, all_: Declarations) -> str:
    stored = f"`docs/{source}.json`".replace("docs/../", "")
    if source not in all_.commands:
        return stored
    return f"`{all_.commands[source]}`, stored in {stored}"


def _values(docs: Path, source: str) -> Any:
    if "*" not in source:
        record = _read(docs / f"{source}.json")
        return record.get("values", record)
    paths = sorted(docs.glob(f"{source}.json"))
    return {f"{path.parent.name}/{path.stem}": _read(path) for path in paths}


@cache  # a table reads another measurement for each of its cells
def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def main() -> None:
    """Write every table, and delete files of tables that are no longer declared."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    all_ = load_declarations()
    texts = {f"{table['name']}.md": render(table, all_) for table in all_.table}
    TABLES.mkdir(parents=True, exist_ok=True)
    for path in set(TABLES.glob("*.md")) - {TABLES / name for name in texts}:
        path.unlink()
    for name, text in texts.items():
        (TABLES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
