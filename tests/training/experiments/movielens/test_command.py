from pathlib import Path

import pytest
from typer.testing import CliRunner

from training.experiments.movielens.__main__ import app
from training.experiments.movielens.settings import BESIDE_COSTLY, DVBPR, PUBLISHED
from training.reports.measurement import Measurement


@pytest.mark.slow
def test_dvbpr_is_measured_alone_beside_what_it_is_compared_with(
    ratings: Path, pictures: Path, tmp_path: Path
) -> None:
    options = ["--ratings", ratings, "--pictures", pictures, "--runs", tmp_path]
    result = CliRunner().invoke(app, [*map(str, options), "--dvbpr"])
    assert result.exit_code == 0, result.exception
    found = Measurement.load(tmp_path / "results" / "movielens-dvbpr.json").values
    assert set(found["protocols"]) == {"leave-one-out", "new-items"}
    last = found["protocols"]["leave-one-out"]["rankers"]
    assert list(last) == [*BESIDE_COSTLY, DVBPR]
    assert all(len(ranker["seeds"]) == 1 for ranker in last.values())
    assert last[DVBPR]["kind"] == "Dvbpr"


@pytest.mark.slow
def test_dvbpr_is_trained_with_the_published_networks(
    ratings: Path, pictures: Path, tmp_path: Path
) -> None:
    options = ["--ratings", ratings, "--pictures", pictures, "--runs", tmp_path]
    result = CliRunner().invoke(app, [*map(str, options), "--published", "1"])
    assert result.exit_code == 0, result.exception
    path = tmp_path / "results" / "movielens-dvbpr-published.json"
    found = Measurement.load(path).values
    (last,) = found["protocols"].values()
    assert list(last["rankers"]) == [*BESIDE_COSTLY, *PUBLISHED]
    chosen = found["chosen"]["leave-one-out"]
    for name, network in PUBLISHED.items():
        settings = chosen[name]["settings"]
        assert (settings["network"], settings["epochs"]) == (network, 1)
        assert settings["factors"] == 0
        assert last["rankers"][name]["AUC"]["value"] > 0


@pytest.mark.parametrize("option", ["--quick", "--no-pixels"])
def test_dvbpr_needs_pixels(
    option: str, ratings: Path, pictures: Path, tmp_path: Path
) -> None:
    options = ["--ratings", ratings, "--pictures", pictures, "--runs", tmp_path]
    result = CliRunner().invoke(app, [*map(str, options), "--dvbpr", option])
    assert isinstance(result.exception, ValueError)
    assert "--dvbpr: expected neither --quick nor --no-pixels" in str(result.exception)
