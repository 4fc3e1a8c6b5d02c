from pathlib import Path
from shutil import copyfile

import pytest

from training.commands.options import FEATURES
from training.experiments import paper_tables
from training.experiments.paper_tables import write_tables
from training.reports.measurement import Measurement

RESULTS = Path("docs/results")


def test_tables_are_those_of_the_measurements_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    copyfile(RESULTS / "rankers.json", tmp_path / "results" / "rankers.json")
    written = write_tables(tmp_path, ("rankers",))
    names = {path.name for path in written}
    assert {"recommenders-new.md", "recommenders-warm.md"} <= names
    assert not any(name.startswith("family") for name in names)
    for path in written:
        assert path.read_text() == (RESULTS / "tables" / path.name).read_text()


def test_rows_of_measurements_that_were_not_made_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    copyfile(RESULTS / "tuned.json", tmp_path / "results" / "tuned.json")
    (path,) = write_tables(tmp_path, ("tuned",))
    committed = (RESULTS / "tables" / "tuned.md").read_text().splitlines()
    rows = path.read_text().splitlines()[:-2]
    assert rows == committed[: len(rows)]
    assert "set labels alone" in rows[2]


@pytest.mark.long
def test_the_short_form_makes_both_groups_of_tables(tmp_path: Path) -> None:
    paper_tables.paper_tables(quick=True, features=FEATURES, runs=tmp_path)
    names = {path.name for path in (tmp_path / "tables").glob("*.md")}
    assert {"tuned.md", "recommenders-new.md", "recommenders-warm.md"} <= names
    assert "set labels alone" in (tmp_path / "tables" / "tuned.md").read_text()
    warm = (tmp_path / "tables" / "recommenders-warm.md").read_text()
    assert "EASE" in warm and "proposed" in warm
    record = Measurement.load(tmp_path / "results" / "paper-tables.json")
    assert record.values["quick"] and record.values["processor_seconds"] > 0
