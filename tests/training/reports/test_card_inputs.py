"""The card reports the runs that its aggregator came from, and no others."""

import json
from pathlib import Path
from typing import Any

import pytest

from photo_interests.bundle.card_sections import Training
from training.evaluations import COMPARISON, PHOTO_ACCURACY
from training.reports.card_inputs import VOCABULARY, write_card_inputs
from training.runs import Record, Run

SOURCE = {"name": "drawn", "license": "CC0", "attribution": "this test"}


def step(
    runs: Path, kind: str, name: str, values: dict[str, Any], **inputs: Record
) -> Record:
    """A run that reads others and leaves values."""
    return Run(
        runs / kind,
        name,
        kind=kind,
        config={"student": {}} if name == "vocabulary_evidence" else {},
        inputs={one: record.sha256 for one, record in inputs.items()},
        output=None,
    ).ensure(lambda found: found.update(values))


def measured(value: float) -> dict[str, float]:
    return {"value": value, "low": value, "high": value}


class Pipeline:
    """A whole way, with runs of two fine-tunings as the issue of the card had them."""

    def __init__(self, runs: Path, name: str = "photo_evidence") -> None:
        self.runs = runs
        counts = {"train": 5, "validation": 2, "test": 1}
        self.photos = step(
            runs, "photos", "photos", {"photos": counts, "sources": [SOURCE]}
        )
        self.accuracy = {}
        self.aggregators = {}
        for backbone, top1 in (("backbone_two_cores", 0.75), ("backbone_fast", 0.5)):
            tuned = step(runs, "backbone", backbone, {"top1": top1}, photos=self.photos)
            extractor = step(runs, "extractor", backbone, {}, backbone=tuned)
            features = step(runs, "features", backbone, {}, extractor=extractor)
            aggregator = step(runs, "aggregator", name, {}, features=features)
            sources = {"all": {"top1": {"int8": measured(top1)}}}
            step(
                runs, PHOTO_ACCURACY, backbone, {"sources": sources},
                extractor=extractor, photos=self.photos,
            )  # fmt: skip
            metrics = {"map": measured(top1), "false_interests": measured(1.0)}
            found = {name: {"scenarios": {"users": {"metrics": metrics}}}}
            step(
                runs, COMPARISON, backbone, {"aggregators": found},
                aggregator=aggregator,
            )  # fmt: skip
            self.aggregators[backbone] = Run(
                runs / "aggregator", name, kind="aggregator", output=None,
                config={"student": {}} if name == "vocabulary_evidence" else {},
                inputs={"features": features.sha256},
            ).directory  # fmt: skip

    def card(self, backbone: str) -> tuple[dict[str, Any], dict[str, float]]:
        out = self.runs / "card"
        write_card_inputs(self.aggregators[backbone], self.runs, out)
        section = json.loads((out / "training.json").read_text())
        Training.model_validate_json(json.dumps(section))
        return section, json.loads((out / "metrics.json").read_text())


@pytest.mark.parametrize(
    ("backbone", "top1"), [("backbone_two_cores", 0.75), ("backbone_fast", 0.5)]
)
def test_the_card_reports_its_own_fine_tuning_whatever_ran_last(
    backbone: str, top1: float, tmp_path: Path
) -> None:
    section, metrics = Pipeline(tmp_path).card(backbone)
    assert section["config"] == backbone and backbone in section["summary"]
    assert section["photos"] == {"train": 5, "validation": 2, "test": 1}
    assert section["sources"] == [SOURCE]
    assert metrics == {
        "top1_all_int8": top1, "map_users": top1, "false_interests_users": 1.0,
    }  # fmt: skip


def test_each_command_of_the_way_is_named_once_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = iter(range(100))
    monkeypatch.setattr(
        "training.runs.run.running_command", lambda: f"command {next(commands)}"
    )
    section, _ = Pipeline(tmp_path).card("backbone_two_cores")
    # photos, backbone, extractor, features, aggregator; then two evaluations of it
    assert section["commands"] == [f"command {n}" for n in range(5)]


def test_a_distilled_model_reports_its_agreement(tmp_path: Path) -> None:
    pipeline = Pipeline(tmp_path, "vocabulary_evidence")
    aggregator = Record.load(pipeline.aggregators["backbone_two_cores"])
    values = {
        "photos": {"all": {"top1": {"proposed": measured(0.9)}}},
        "agreement": {"all": measured(0.8)},
        "scenarios": {
            "users": {"map": {"proposed": measured(0.7), "first": measured(0.1)}}
        },
    }
    step(tmp_path, VOCABULARY, "large", values, aggregator=aggregator)
    section, metrics = pipeline.card("backbone_two_cores")
    assert "distilled from the pretrained classifier" in section["summary"]
    assert metrics["agreement_all_int8"] == 0.8
    assert "false_interests_users" in metrics


def test_an_aggregator_whose_photos_are_unknown_is_refused(tmp_path: Path) -> None:
    alone = step(tmp_path, "aggregator", "average", {})
    folder = next((tmp_path / "aggregator").glob("average-*"))
    with pytest.raises(ValueError, match="kind 'photos' among those .* average"):
        write_card_inputs(folder, tmp_path, tmp_path / "card")
    assert alone.kind == "aggregator"
