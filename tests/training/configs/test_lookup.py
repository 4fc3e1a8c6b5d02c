import subprocess
import sys
from pathlib import Path

import pytest

from training.configs import config_named, kind_of, names

RELEASED = (
    "attention_2_gating", "average", "backbone_branches", "backbone_fast",
    "backbone_full", "backbone_joint", "backbone_light", "backbone_two_cores",
    "photo_evidence",
)  # fmt: skip


def test_released_configs_and_those_of_experiments_are_listed():
    listed = names()

    assert set(RELEASED) <= set(listed)
    assert {"backbone_vocabulary", "backbone_narrow"} <= set(listed)
    assert listed == sorted(set(listed))
    assert all(kind_of(name) == "backbone" for name in names("backbone"))


@pytest.mark.parametrize("name", names("backbone"))
def test_a_backbone_config_carries_the_name_of_its_file(name: str):
    assert config_named(name, "backbone").name == name


def test_an_unknown_name_is_refused_without_tensorflow(project_root: Path):
    program = (
        "import sys\n"
        "from training.configs import config_named\n"
        "try:\n"
        "    config_named('backbone_tow_cores', 'backbone')\n"
        "except ValueError as error:\n"
        "    print(error)\n"
        "assert not {'tensorflow', 'keras'} & set(sys.modules), 'slow to refuse'\n"
    )

    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=project_root, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "expected one of" in run.stdout and "'backbone_two_cores'" in run.stdout
    assert "received 'backbone_tow_cores'" in run.stdout


def test_a_backbone_config_is_made_without_tensorflow(project_root: Path):
    program = (
        "import sys\n"
        "from training.configs import config_named, names\n"
        "for name in names('backbone'):\n"
        "    config_named(name)\n"
        "assert not {'tensorflow', 'keras'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=project_root, check=True)


def test_a_config_of_another_kind_is_refused():
    expected = "config average: expected kind backbone, received aggregator"
    with pytest.raises(ValueError, match=expected):
        config_named("average", "backbone")
