"""The pages of the bench say what was measured, and every goal finds its number."""

import shutil
from pathlib import Path

import pytest

from export.bench.goals import GOALS
from export.bench.page import benchmarks_markdown
from export.bench.parts import PARTS, part
from export.bench.scale import BATCH_USERS, PICTURES, REVIEWS, _line, steps
from export.bench.write import write_pages
from training.configs import config_named
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
    assert drawn == {"bench-aggregators.svg", "bench-set_size_penalty.svg"}


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
    spread, histories, asking, pictures, *_ = steps(values)
    assert spread.hours(1) == spread.hours(160) == spread.core * REVIEWS / 3600
    assert spread.dollars(160) == pytest.approx(160 * spread.hours(1) * 0.05)
    seconds = histories.fixed + histories.core * REVIEWS / 10
    assert histories.hours(10) == pytest.approx(seconds / 3600)
    assert asking.dollars(160) == pytest.approx(asking.hours_here() * 0.05)
    assert pictures.units == PICTURES and 1e-4 < pictures.core < 10


def test_a_line_through_two_sizes_has_a_start_and_a_slope() -> None:
    assert _line({"100": 12.0, "1": 0.0, "200": 14.0}) == pytest.approx((10.0, 0.02))
    assert _line({10: 5.0, 20: 4.0}) == (4.0, 0.0)  # noise


def test_the_plan_s_batches_are_those_of_training() -> None:
    assert config_named("average", "aggregator").batch_users == BATCH_USERS


def test_every_part_is_there() -> None:
    for name in PARTS:
        assert callable(part(name))
    with pytest.raises(ValueError, match="part: expected one of .* received 'other'"):
        part("other")
