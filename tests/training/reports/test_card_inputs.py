import json
from pathlib import Path

import pandas as pd
import pytest

from photo_interests.bundle.card_sections import Training
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
        metrics(measurements, "some_config")


def test_the_card_of_a_faster_bundle_tells_of_its_own_extractor(
    results: Path, tmp_path: Path
):
    name, configs = "backbone_small:96", ["backbone_large", "backbone_small"]
    sources = {"caltech": {"top1": {name: {"value": 0.5}}}}
    costs = {name: {"how": "pruned", "pixels": 96, "configs": configs}}
    values = {"accuracy": sources, "candidates": costs}
    Measurement("fast-extractor", "made up", 1.0, 1, 2, values).save(results)

    write_card_inputs(results, tmp_path / "photos.parquet", name, tmp_path)

    section = json.loads((tmp_path / "training.json").read_text())
    assert section["summary"].startswith(
        "MobileNet v1 (pruned) for photos of 96 pixels"
    )
    assert section["commands"] == [
        "python -m training stage-photos",
        "python -m training stage-pixels",
        "python -m training backbone --config backbone_large",
        "python -m training backbone --config backbone_small",
        "made up",
        "python -m training users",
        "python -m training stage-photo_evidence",
    ]
    numbers = json.loads((tmp_path / "metrics.json").read_text())
    assert numbers["top1_caltech_int8"] == 0.5 and 0 < numbers["map_users"] <= 1


def test_the_card_of_the_large_vocabulary_tells_how_its_extractor_came_to_be(
    results: Path, measurements: dict[str, Measurement], tmp_path: Path
):
    values = {**measurements["vocabulary"].values, "backbone": "backbone_branches"}
    Measurement("vocabulary", "made up", 1.0, 1, 2, values).save(results)

    write_card_inputs(
        results, tmp_path / "photos.parquet", "backbone_branches", tmp_path
    )

    section = json.loads((tmp_path / "training.json").read_text())
    assert "927 further categories taught by the pretrained" in section["summary"]
    assert section["commands"] == [
        "python -m training stage-photos",
        "python -m training stage-pixels",
        "python -m training backbone --config backbone_two_cores",
        "python -m training backbone --config backbone_branches",
        "python -m training extractor",
        "python -m training stage-features",
        "python -m training users",
        "made up",
    ]
    numbers = json.loads((tmp_path / "metrics.json").read_text())
    told = values["worlds"]["users"]["map"]["ours"]["value"]
    assert numbers["map_users"] == pytest.approx(told, abs=1e-6)
    for source, one in values["agreement"].items():
        assert numbers[f"agreement_{source}_int8"] == pytest.approx(one["value"])
