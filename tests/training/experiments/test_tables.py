"""Tables are written from measurements as they are declared."""

import json

import pytest

from training.experiments.tables import Declarations, render, resolve, write_number

ALL = Declarations({"gallery": "large galleries"}, {"results/one": "make one"}, [])


@pytest.fixture
def docs(tmp_path):
    (tmp_path / "results").mkdir()
    values = {
        "sets": {
            "users": {
                "map": {"value": 0.9514, "low": 0.94, "high": 0.96},
                "number": 2000,
            },
            "gallery": {"map": {"value": 0.5, "low": 0.4, "high": 0.6}},
        },
        "runs": [
            {"network": "a", "weight": 1.0, "validation": 0.2, "map": 0.3},
            {"network": "a", "weight": 10.0, "validation": 0.4, "map": 0.5},
            {"network": "a", "weight": 10.0, "validation": 0.3, "map": 0.7},
        ],
    }
    record = {"values": values, "seconds": 90}
    (tmp_path / "results" / "one.json").write_text(json.dumps(record))
    return tmp_path


def test_rows_have_labels_intervals_and_empty_cells(docs):
    table = {
        "name": "sets",
        "source": "results/one",
        "rows": "sets/*",
        "columns": [["Users", "1"], ["MAP", "map", ".2f"], ["Number", "number", "int"]],
    }
    assert render(table, ALL, docs).splitlines() == [
        "| Users | MAP | Number |",
        "| --- | ---: | ---: |",
        "| users | .95 (.94 to .96) | 2,000 |",
        "| large galleries | .50 (.40 to .60) |  |",
        "",
        "*Measured by `make one`, stored in `docs/results/one.json`.*",
    ]
    assert "large" not in render({**table, "complete": True}, ALL, docs)


def test_rows_and_columns_of_other_measurements_name_them_all(docs):
    values = {"sets": {"people": {"map": 0.25, "number": 3}}, "seeds": {"people": 7}}
    (docs / "results" / "two.json").write_text(json.dumps({"values": values}))
    table = {
        "name": "sets",
        "source": "results/one",
        "rows": "sets/*",
        "more": [{"source": "results/two"}],
        "columns": [
            ["Users", "1"],
            ["Number", "number", "int"],
            ["Seeds", "results/two#seeds/{1}", "int"],
        ],
    }
    assert render(table, ALL, docs).splitlines()[2:] == [
        "| users | 2,000 |  |",
        "| large galleries |  |  |",
        "| people | 3 | 7 |",
        "",
        "*Measured by `make one`, stored in `docs/results/one.json`; "
        "`docs/results/two.json`.*",
    ]


def test_the_middle_of_a_mapping_is_shown_with_its_range():
    seeds = {"1": {"value": 0.9}, "2": {"value": 0.5}, "3": {"value": 0.8}}
    found = resolve({"seeds": seeds}, "seeds/*/value")
    assert write_number(found, "median .2f") == ".80 (.50 to .90)"
    assert write_number(found, ".2f") == ".73 (.50 to .90)"


def test_groups_keep_the_runs_at_the_best_value_of_a_parameter(docs):
    table = {
        "name": "runs",
        "source": "results/one",
        "rows": "runs",
        "group": "network",
        "best": ["weight", "validation"],
        "columns": [["Network", "1"], ["MAP", "map", ".1f"]],
    }
    assert "| a | .6 (.5 to .7) |" in render(table, ALL, docs)


def test_targets_say_whether_a_bound_is_met(docs):
    path = ["results/one", "sets/users/map"]
    targets = [["MAP", *path, "≥", 0.9], ["MAP", *path, "≤", 0.9]]
    text = render({"name": "targets", "targets": targets}, ALL, docs)
    assert "| MAP | ≥ 0.9 | .9514 (.94 to .96) | met |" in text
    assert "| MAP | ≤ 0.9 | .9514 (.94 to .96) | **not met** |" in text


@pytest.mark.parametrize(
    ("found", "form", "text"),
    [
        (-0.0024, "+.4f", "-.0024"),
        (1234567, "int", "1,234,567"),
        (0.25, "percent", "25%"),
        (90, "time", "90.0 s"),
        (600, "time", "10 min"),
        (None, ".2f", ""),
        ([], ".2f", ""),
        ([0.5], ".2f", ".50"),
        (10.0, ".1f", "10.0"),
    ],
)
def test_numbers_are_written_in_their_form(found, form, text):
    assert write_number(found, form) == text


def test_a_path_selects_runs_and_reads_from_each():
    runs = [{"seed": 1, "map": 0.1}, {"seed": 2, "map": 0.2}]
    assert resolve({"runs": runs}, "runs/seed=2/map") == [0.2]
    assert resolve({"runs": runs}, "runs/-1/map") == 0.2
    assert resolve({"runs": runs}, "other/map") is None
