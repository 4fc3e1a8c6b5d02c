import logging
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from training.experiments.results.goals import GOALS, goals_table
from training.experiments.results.results import results_markdown, write_results
from training.experiments.results.sections import SECTIONS
from training.reports.curves import draw_curves
from training.reports.measurement import Measurement


def _save(measurements: dict[str, Measurement], directory: Path) -> None:
    for measurement in measurements.values():
        measurement.save(directory)


def test_results_are_written_with_figures_and_copies(
    measurements: dict[str, Measurement], tmp_path: Path
) -> None:
    _save(measurements, tmp_path / "runs")
    path = write_results(tmp_path / "runs", tmp_path / "docs")
    text = path.read_text()
    for section in SECTIONS:
        assert f"## {section.heading}\n" in text
        command = f"`python -m training {section.measurement}`"
        assert (command in text) == (section.measurement in measurements)
    for image in ("users", "gallery-500", "contributors", "overview"):
        assert image == "overview" or f"(figures/{image}.svg)" in text
        assert (tmp_path / "docs" / "figures" / f"{image}.svg").is_file()
    assert not (tmp_path / "docs" / "figures" / "interest-free-unseen.svg").exists()
    copies = tmp_path / "docs" / "results"
    assert {p.stem for p in copies.iterdir()} == set(measurements)


def test_results_are_rebuilt_from_their_copies_byte_for_byte(
    measurements: dict[str, Measurement], tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    _save(measurements, tmp_path / "runs")
    write_results(tmp_path / "runs", docs)
    files = {p: p.read_bytes() for p in docs.rglob("*") if p.is_file()}
    write_results(docs / "results", docs)
    assert files == {p: p.read_bytes() for p in docs.rglob("*") if p.is_file()}


def test_measured_numbers_stand_in_the_text(
    measurements: dict[str, Measurement],
) -> None:
    text = results_markdown(measurements)
    numbers = measurements["aggregators"].values["aggregators"]["average"]
    found = numbers["worlds"]["users"]["metrics"]["map"]
    assert f"{found['value']:.3f} ({found['low']:.3f} to {found['high']:.3f})" in text
    assert "0.43" in text
    assert "mean 0.9940, minimum 0.9840" in text
    assert "+3.0%" in text  # 1030 bytes over 1000 of parameters
    assert "1.5 min" not in text and "90.0 s" in text
    assert "1,024 MiB" in text
    assert "What 15 real people can tell" in text


def test_what_is_simulated_is_called_so(measurements: dict[str, Measurement]) -> None:
    text = results_markdown(measurements)
    for line in text.splitlines():
        if "users" in line and line.startswith(("### ", "**60")):
            assert "simulated" in line
    assert "### real contributors (clothing)" in text


def test_what_is_not_measured_is_said(
    measurements: dict[str, Measurement], caplog: pytest.LogCaptureFixture
) -> None:
    del measurements["extractor-latency"]
    with caplog.at_level(logging.WARNING):
        text = results_markdown(measurements)
    assert "**Not measured:** there is no `results/extractor-latency.json`" in text
    assert "no measurement 'extractor-latency'" in caplog.text
    assert "| not measured |" in text


def test_goals_are_met_or_not(measurements: dict[str, Measurement]) -> None:
    rows = {row[0]: row for row in goals_table(measurements).rows}
    assert len(rows) == len(GOALS)
    assert rows["mean cosine of float and int8 features"][3] == "met"
    assert rows["MAP of photo_evidence, simulated users of seed 1"][3] == "met"
    int8 = rows["top-1 of the int8 extractor less that of the float one"]
    assert int8[3] == "**not met**"  # the fixture errs on each seventh photo
    slow = measurements["extractor-latency"]
    slow.values["comparisons"][0]["ratio"] = 0.6
    changed = {row[0]: row for row in goals_table(measurements).rows}
    latency = (
        "median latency of the int8 extractor over that of the reference, 1 thread"
    )
    assert (rows[latency][3], changed[latency][3]) == ("met", "**not met**")


def test_a_goal_of_what_is_absent_is_not_measured(
    measurements: dict[str, Measurement],
) -> None:
    del measurements["aggregators"].values["aggregators"]["photo_evidence"]
    rows = {row[0]: row for row in goals_table(measurements).rows}
    assert rows["MAP of photo_evidence, simulated users of seed 1"][3] == "not measured"


def test_cores_are_all_that_is_said_of_a_machine(
    measurements: dict[str, Measurement],
) -> None:
    measurements["bundle"] = replace(measurements["bundle"], cores=16)
    assert "2 and 16 processor cores" in results_markdown(measurements)


def test_curves_are_readable_svg_that_says_simulated(
    compared: dict[str, Any], tmp_path: Path
) -> None:
    draw_curves(compared, "users", tmp_path / "users.svg")
    text = (tmp_path / "users.svg").read_text()
    ElementTree.fromstring(text)
    assert "60 simulated users" in text
    for name in compared["aggregators"]:
        assert name in text


def test_curves_need_interests(compared: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="without interests"):
        draw_curves(compared, "interest-free-unseen", tmp_path / "x.svg")
