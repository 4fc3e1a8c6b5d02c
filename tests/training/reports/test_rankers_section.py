"""The section on ranking, from the committed measurement."""

from pathlib import Path

import pytest

from training.experiments.results.sections.rankers import rankers
from training.reports.measurement import Measurement


@pytest.fixture
def measured(project_root: Path) -> Measurement:
    return Measurement.load(project_root / "docs" / "results" / "rankers.json")


def test_published_numbers_are_said_to_be_of_other_data(measured: Measurement) -> None:
    text = rankers(measured)
    before, after = text.split("### What others print")
    assert ".83168" not in before and ".83168" in after
    assert after.count("another data set") == 2
    assert "nobody bought anything" in before


def test_every_ranker_stands_in_every_group(measured: Measurement) -> None:
    text = rankers(measured)
    for name in measured.values["temporal"]["rankers"]:
        # Three groups, three of drawn items, new products and cost at least.
        assert text.count(f"\n| {name} |") >= 8, name


def test_the_verdict_is_read_off_the_numbers(measured: Measurement) -> None:
    compared = measured.values["temporal"]
    scores = compared["rankers"]["popularity"]["metrics"]["catalogue"]["new"]
    assert "best of the others is popularity with" not in rankers(measured)
    scores["nDCG@20"]["value"] = 0.999
    assert "best of the others is popularity with 0.999" in rankers(measured)
