"""Every part of the bench measures what it says: small, and timed once."""

import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from export.bench import aggregators, growth, interests, reading
from export.bench.paired import Settings
from training.reports.measurement import Measurement


@pytest.fixture
def settings(project_root: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(project_root)
    return Settings(
        bundle=Path("models/everyday-178"),
        data=Path("no-reference-here"),
        features=Path("training/features/everyday-178"),
        quick=True,
    )


def ratios(values: Any) -> Iterator[dict[str, Any]]:
    """All ratios in a measurement."""
    if isinstance(values, dict) and "reference_milliseconds" in values:
        yield values
    elif isinstance(values, dict):
        for one in values.values():
            yield from ratios(one)


def check(values: Any) -> None:
    found = list(ratios(values))
    assert found
    for one in found:
        expected = one["milliseconds"] / one["reference_milliseconds"]
        assert one["turns"] == 1 and one["value"] == pytest.approx(expected, rel=1e-3)


def test_the_released_interests_in_both_precisions(settings) -> None:
    values = interests.measure(settings)
    check(values)
    assert 100 < values["interests"] < values["kinds"]
    tasks = {f"{file}, {task}" for file in ("int8", "float")
             for task in ("many", "add", "finish")}  # fmt: skip
    assert tasks < set(values)


def test_growth_by_users_and_by_items(settings, monkeypatch) -> None:
    monkeypatch.setattr(growth, "USERS_PER_EPOCH", (64, 256))
    monkeypatch.setattr(growth, "ITEMS", (100, 1000))
    values = growth.measure(settings)
    assert set(values["users"]) == {64, 256} and set(values["items"]) == {100, 1000}
    for what in ("users", "items"):
        small, large = values[what].values()
        exponent = math.log(large / small) / math.log(
            max(values[what]) / min(values[what])
        )
        assert values[f"{what}_exponent"] == pytest.approx(exponent)


@pytest.mark.slow
def test_extractors_without_the_reference_file(project_root, tmp_path) -> None:
    # TensorFlow's threads are set before its first work: in a process of its own.
    command = [sys.executable, "-m", "export.bench", "extractors", "--quick"]
    options = ["--out", str(tmp_path), "--data", str(tmp_path)]
    subprocess.run([*command, *options], check=True, cwd=project_root)
    values = Measurement.load(tmp_path / "extractors.json").values
    check(values)
    assert set(values["one_thread"]) == {"float", "plain_int8", "keras"}
    assert set(values["two_threads"]) == {"float", "plain_int8"}
    # MobileNet v1 on 224 pixels (Howard and others, 2017): 569 million.
    assert values["macs"] == pytest.approx(569e6, rel=0.01)


@pytest.mark.slow
def test_reading_of_small_photos(settings, monkeypatch) -> None:
    monkeypatch.setattr(reading, "WIDTH", 640)
    monkeypatch.setattr(reading, "HEIGHT", 480)
    values = reading.measure(settings)
    check({name: values[name] for name in ("decode", "one_process", "cores_gain")})
    assert values["photos"] == reading.DIFFERENT
    assert list(values["peak_bytes"]) == [2, 20]
    assert all(peak > 1 << 20 for peak in values["peak_bytes"].values())


@pytest.mark.slow
def test_aggregators_by_photos_and_categories(settings, monkeypatch) -> None:
    for name, value in {
        "PHOTOS": (1, 2), "GROWING": 1, "CATEGORIES": (4, 8), "MANY": 8, "ROW": 2,
        "PUBLISHED": ("average",),
    }.items():  # fmt: skip
        monkeypatch.setattr(aggregators, name, value)
    values = aggregators.measure(settings)
    check(values)
    assert set(values["by_photos"]) == {
        "photo_evidence", "photo_evidence, int8", "average",
    }  # fmt: skip
    assert set(values["by_categories"]) == {"4", "8"}
    assert values["released"]["categories"] == 178
    assert values["vocabulary"]["categories"] == 1105
