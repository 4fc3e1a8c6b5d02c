"""The pages of the bench say what was measured, and every goal finds its number."""

import shutil
from pathlib import Path

import pytest

from export.bench.goals import GOALS
from export.bench.page import benchmarks_markdown
from export.bench.parts import PARTS, part
from export.bench.scale import PICTURES, REVIEWS, steps
from export.bench.write import write_pages
from training.reports.measurement import load_measurements


@pytest.fixture
def measured(project_root: Path) -> Path:
    return project_root / "docs" / "benchmarks"


def test_the_committed_pages_are_those_of_the_committed_measurements(
    measured: Path, project_root: Path, tmp_path: Path
) -> None:
    write_pages(measured, tmp_path)
    for name in ("BENCHMARKS.md", "SCALE.md"):
        committed = (project_root / "docs" / name).read_text(encoding="utf-8")
        assert (tmp_path / name).read_text(encoding="utf-8") == committed
    drawn = {path.name for path in (tmp_path / "figures").iterdir()}
    assert drawn == {"bench-aggregators.svg", "bench-growth.svg"}


def test_every_goal_is_measured(measured: Path) -> None:
    measurements = load_measurements(measured)
    for goal in GOALS:
        assert goal.row(measurements)[-1] in ("met", "**not met**"), goal.text


def test_a_number_that_changes_changes_the_page(measured: Path) -> None:
    measurements = load_measurements(measured)
    one = measurements["extractors"].values["one_thread"]["plain_int8"]
    one["value"] = 7.5
    rows = benchmarks_markdown(measurements).splitlines()
    (goal,) = (row for row in rows if "plain int8" in row and "≤ 1.05" in row)
    assert "7.5" in goal and "not met" in goal


def test_a_part_that_was_not_measured_is_named(measured: Path, tmp_path: Path) -> None:
    copied = tmp_path / "measured"
    shutil.copytree(measured, copied)
    (copied / "reading.json").unlink()
    with pytest.raises(ValueError, match="received none of .*reading"):
        write_pages(copied, tmp_path)


def test_costs_are_units_times_seconds_over_cores(measured: Path) -> None:
    values = {n: m.values for n, m in load_measurements(measured).items()}
    unpacking, parsing, pictures, *_ = steps(values)
    assert unpacking.hours(1) == unpacking.hours(160) == unpacking.core_hours
    assert parsing.hours(10) == pytest.approx(parsing.seconds * REVIEWS / 36_000)
    assert pictures.units == PICTURES and 1e-4 < pictures.seconds < 10


def test_every_part_is_there() -> None:
    for name in PARTS:
        assert callable(part(name))
    with pytest.raises(ValueError, match="part: expected one of .* received 'other'"):
        part("other")
