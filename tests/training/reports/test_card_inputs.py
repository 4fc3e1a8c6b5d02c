import json
from pathlib import Path

import pandas as pd
import pytest

from photo_interests.card_sections import Training
from training.reports.card_inputs import STEPS, metrics, write_card_inputs
from training.reports.measurement import Measurement


@pytest.fixture
def results(measurements: dict[str, Measurement], tmp_path: Path) -> Path:
    for name in STEPS:
        command = f"python -m training {name}"
        Measurement(name, command, 1.0, 1, 2).save(tmp_path / "results")
    for measurement in measurements.values():
        measurement.save(tmp_path / "results")
    splits = ["train"] * 5 + ["validation"] * 2 + ["test"]
    pd.DataFrame({"split": splits, "source": "caltech"}).to_parquet(
        tmp_path / "photos.parquet"
    )
    return tmp_path / "results"


def test_the_card_takes_what_is_written(results: Path, tmp_path: Path):
    write_card_inputs(results, tmp_path / "photos.parquet", "some_config", tmp_path)

    section = Training.model_validate_json((tmp_path / "training.json").read_text())
    assert (section.photos.train, section.photos.test) == (5, 1)
    assert section.commands == tuple(f"python -m training {step}" for step in STEPS)
    assert section.sources[0].name == "Caltech-101"
    assert section.config == "some_config"
    numbers = json.loads((tmp_path / "metrics.json").read_text())
    assert numbers["top1_caltech_int8"] == pytest.approx(0.86, abs=0.02)
    assert 0 < numbers["map_users"] <= 1


def test_a_missing_measurement_is_named(measurements: dict[str, Measurement]):
    del measurements["extractor-accuracy"]

    with pytest.raises(ValueError, match="expected the measurement 'extractor-acc"):
        metrics(measurements)
