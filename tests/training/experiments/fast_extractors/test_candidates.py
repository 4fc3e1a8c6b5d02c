from pathlib import Path

import pytest

from training.configs import config_named, names
from training.experiments.fast_extractors.candidates import candidates


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    for name in names("backbone"):
        folder = tmp_path / "backbone" / name
        folder.mkdir(parents=True)
        (folder / "extractor.keras").touch()
    return tmp_path


def test_a_size_is_the_released_network_and_a_config_has_its_own(runs: Path) -> None:
    plain, tuned, other = candidates(["160", "backbone_fast", "backbone_fast:96"], runs)

    assert (plain.pixels, tuned.pixels, other.pixels) == (160, 160, 96)
    assert plain.backbone.parent.name == "backbone_two_cores"
    assert tuned.backbone == other.backbone != plain.backbone
    assert plain.how == "released, not trained again"
    assert plain.configs == ("backbone_two_cores",)
    assert other.configs == ("backbone_two_cores", "backbone_fast")


def test_the_config_says_how_each_was_made(runs: Path) -> None:
    fast, narrow, pruned = candidates(
        ["backbone_fast", "backbone_narrow", "backbone_pruned"], runs
    )

    assert fast.how == "released, 4 epochs"
    assert narrow.how == "pretrained width 0.75, 6 epochs"
    assert pruned.how == "released, 4 epochs, pruned to width 0.875"
    assert pruned.configs == ("backbone_two_cores", "backbone_fast", "backbone_pruned")


@pytest.mark.parametrize("word", ["backbone_fast:big", "16", "backbone_fast:0"])
def test_what_is_no_size_is_refused(runs: Path, word: str) -> None:
    with pytest.raises(ValueError, match="expected a size of 32 pixels or more"):
        candidates([word], runs)


def test_a_run_without_a_size_of_its_own_needs_one(runs: Path) -> None:
    with pytest.raises(ValueError, match="expected a size, backbone_full:192"):
        candidates(["backbone_full"], runs)


def test_an_unfinished_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"backbone_fast` writes"):
        candidates(["backbone_fast"], tmp_path)


@pytest.mark.parametrize("name", ["backbone_fast", "backbone_narrow"])
def test_crops_are_smaller_than_the_photos_that_are_read(name: str) -> None:
    config = config_named(name, "backbone")

    assert config.input_size is not None and config.input_size < 224
    assert config.stages[-1].crop_size < config.input_size
    assert config.feature_distillation is not None
    assert config.feature_distillation.bundle == "everyday-178"
