import subprocess
import sys
from dataclasses import dataclass, field
from typing import Literal

import pytest

from training.commands.overrides import check_names, override
from training.configs import config_named


@dataclass(frozen=True)
class Stage:
    learning_rate: float
    decay: bool = False


@dataclass(frozen=True)
class Config:
    name: str
    stages: tuple[Stage, ...]
    objective: Literal["softmax", "sigmoid"] = "softmax"
    size: int | None = None
    options: dict[str, float] = field(default_factory=lambda: {"dropout": 0.5})


CONFIG = Config("c", (Stage(1e-3), Stage(1e-4)))


def test_settings_reach_any_depth_and_leave_the_rest() -> None:
    changed = override(
        CONFIG,
        ["stages.1.learning_rate=3e-5", "stages.0.decay=True", "size=160",
         "objective=sigmoid", "options.dropout=0.25"],
    )  # fmt: skip
    assert changed == Config(
        "c", (Stage(1e-3, True), Stage(3e-5)), "sigmoid", 160, {"dropout": 0.25}
    )
    assert CONFIG.stages[1].learning_rate == 1e-4
    assert override(CONFIG, ["stages.0.learning_rate=1"]).stages[0].learning_rate == 1
    assert override(CONFIG, ["size=None"]) == CONFIG


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("stages.0.learningrate=1", "expected one of learning_rate, decay in stages.0"),
        ("stage.0=1", "expected one of name, stages, objective, size, options, rece"),
        ("stages.2.decay=True", "expected one of 0, 1 in stages, received '2'"),
        ("options.drop=1", "expected one of dropout in options, received 'drop'"),
        ("size.height=1", "expected size to have parts, received None"),
        ("size=big", "received 'big'"),
        ("objective=tanh", "'softmax' or 'sigmoid'"),
        ("stages.0.decay=1", "received '1'"),
        ("size", "expected name=value, received 'size'"),
    ],
)
def test_a_wrong_setting_is_named_with_the_right_ones(setting, message) -> None:
    with pytest.raises(ValueError, match=message):
        override(CONFIG, [setting])


def test_a_released_config_is_changed() -> None:
    config = config_named("backbone_two_cores", "backbone")
    changed = override(config, ["stages.0.learning_rate=1e-5"])
    assert changed.stages[0].learning_rate == 1e-5
    assert changed.stages[1:] == config.stages[1:]


def test_names_are_checked_against_every_kind() -> None:
    check_names(["learning_rate=1", "size=2"], [Stage, Config])
    with pytest.raises(ValueError, match="learning_rate, decay, name, stages"):
        check_names(["rate=1"], [Stage, Config])


@pytest.mark.parametrize(
    ("command", "right"),
    [
        (("backbone", "backbone_two_cores", "--set", "stages.0.rate=1"), "epochs"),
        (("backbone", "backbone_two_core"), "backbone_two_cores"),
        (("aggregators", "average", "--set", "epoch=1"), "epochs"),
        (("release", "everyday-178", "--set", "versions=1"), "version"),
        (("release", "everyday-179"), "everyday-178"),
    ],
)
def test_a_typo_is_an_error_before_tensorflow_is_imported(command, right) -> None:
    code = (
        "import sys, runpy; sys.argv = ['training', *sys.argv[1:]]\n"
        "try: runpy.run_module('training', run_name='__main__')\n"
        "finally: print('tensorflow' in sys.modules or 'keras' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("Error: ") and right in done.stderr
    assert done.stdout == "False\n"
