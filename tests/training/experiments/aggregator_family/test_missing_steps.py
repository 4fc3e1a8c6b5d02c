"""In a fresh clone, a command whose input is missing names the one that writes it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from training.__main__ import app as training
from training.experiments.aggregator_family.__main__ import app as family
from training.experiments.aggregator_family.searched import searched

SWEEP = "python -m training.experiments.aggregator_family sweep"
TRAIN = "python -m training aggregators photo_evidence"


@pytest.mark.parametrize(
    ("app", "command", "missing"),
    [
        (family, "sweep-seeds", SWEEP),
        (family, "seeds", TRAIN),
        (training, "compare", TRAIN),
    ],
)
def test_the_step_before_is_named(
    app: object, command: str, missing: str, tmp_path: Path
) -> None:
    result = CliRunner().invoke(app, [command, "--runs", str(tmp_path)])
    assert isinstance(result.exception, FileNotFoundError)
    assert f"run `{missing}` first" in str(result.exception)


def test_a_network_that_was_not_searched_names_its_search(tmp_path: Path) -> None:
    search = "python -m training.experiments.aggregator_family search"
    missing = tmp_path / "search.json"
    with pytest.raises(FileNotFoundError, match=f"run `{search}` first"):
        searched("searched_average", "tuned_average", search=missing)
    missing.write_text(
        '{"name": "search", "command": "", "seconds": 1, "peak_memory_bytes": 1, '
        '"cores": 1, "values": {"networks": {}}}'
    )
    with pytest.raises(ValueError, match="search --network tuned_average` first"):
        searched("searched_average", "tuned_average", search=missing)
