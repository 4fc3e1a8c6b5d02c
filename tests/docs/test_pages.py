"""README and pages: short, in the field's words, with numbers that a command wrote."""

import json
import re
import tomllib
from pathlib import Path
from statistics import median

import pytest
import yaml

from training.experiments.tables import load_declarations, render

README_LINES = 150
RESULT_LINES = 200
RETIRED = (
    "told", "tells", "taught", "made of", "goes on", "anew", "nobody", "says of",
    "speaks for", "behind it", "left out", "passed over", "kinds of nothing",
    "worlds", "ends", "lessons", "the lab", "the sources",
)  # fmt: skip
CODE = re.compile(r"```.*?```|`[^`\n]*`|^ {4}\S.*?$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
ROW = re.compile(r"^\| \[(everyday[\w-]*)\]\([^)]*\) \|(.*)\|$", re.MULTILINE)


def pages(root: Path) -> list[Path]:
    docs = sorted((root / "docs").rglob("*.md"))
    return [root / "README.md", root / "CONTRIBUTING.md", *docs]


def words_of(text: str) -> str:
    return re.sub(r"\s+", " ", CODE.sub(" ", text))


def retired_in(text: str) -> list[str]:
    return [
        word
        for word in RETIRED
        if re.search(rf"\b{word}\b", words_of(text), re.IGNORECASE)
    ]


def test_retired_words_are_found_in_prose_and_not_in_code():
    assert retired_in("It goes\non, anew.") == ["goes on", "anew"]
    assert retired_in("`docs/worlds.json` sends\n\n    echo ends\n") == []


def test_no_page_uses_a_retired_word(project_root):
    found = {str(p): retired_in(p.read_text("utf-8")) for p in pages(project_root)}
    assert {path: words for path, words in found.items() if words} == {}


def test_the_readme_is_short(project_root):
    assert len((project_root / "README.md").read_text().splitlines()) <= README_LINES


def test_links_of_the_readme_lead_to_files(project_root):
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        targets = LINK.findall((project_root / name).read_text("utf-8"))
        missing = [
            target
            for target in targets
            if "://" not in target
            and not (project_root / target.partition("#")[0]).exists()
        ]
        assert missing == [], name


def test_the_citation_is_of_this_version(project_root):
    citation = yaml.safe_load((project_root / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((project_root / "pyproject.toml").read_text())["project"]
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert all({"type", "title", "authors"} <= set(r) for r in citation["references"])


def test_result_pages_are_short(project_root):
    lengths = {
        page.name: len(page.read_text("utf-8").splitlines())
        for page in (project_root / "docs" / "results").glob("*.md")
    }
    assert len(lengths) >= 4
    assert {name: n for name, n in lengths.items() if n > RESULT_LINES} == {}


def test_every_decision_is_in_the_index(project_root):
    folder = project_root / "docs" / "decisions"
    index = (folder / "index.md").read_text("utf-8")
    missing = [f"({p.name})" for p in folder.glob("0*") if f"({p.name})" not in index]
    assert missing == []


def test_tables_are_those_that_the_command_writes(project_root):
    declarations = load_declarations()
    folder = project_root / "docs" / "results" / "tables"
    written = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    assert written == {
        f"{table['name']}.md": render(table, declarations, project_root / "docs")
        for table in declarations.table
    }


def test_every_table_is_on_a_page(project_root):
    text = "".join(page.read_text("utf-8") for page in pages(project_root))
    unused = [
        table["name"]
        for table in load_declarations().table
        if f'"results/tables/{table["name"]}.md"' not in text
    ]
    assert unused == []


def test_a_table_without_rows_is_refused(project_root):
    table = {"name": "empty", "source": "results/adapter", "rows": "no/such/*",
             "columns": [["Users", "1"]]}  # fmt: skip
    with pytest.raises(ValueError, match="table empty: no row at 'no/such/"):
        render(table, load_declarations(), project_root / "docs")


def test_the_bundles_of_the_readme_have_the_numbers_that_were_measured(project_root):
    rows = ROW.findall((project_root / "README.md").read_text())
    assert {name for name, _ in rows} == {
        path.parent.name for path in (project_root / "models").glob("*/card.json")
    }
    measured = project_root / "docs" / "results" / "bundle-scenarios.json"
    scenarios = json.loads(measured.read_text())["values"]["map"]
    for name, row in rows:
        bundle = project_root / "models" / name
        simulated = median(one["value"] for one in scenarios[name].values())
        card = json.loads((bundle / "card.json").read_text())
        aggregator = card["aggregator"]["int8_file"] or card["aggregator"]["file"]
        files = card["extractor"]["file"], aggregator
        size = sum((bundle / file).stat().st_size for file in files) / 1e6
        metrics = card["metrics"]
        assert [cell.strip() for cell in row.split("|")][:5] == [
            f"{len(card.get('interests', card.get('categories'))):,}",
            f"{size:.1f}",
            f"{metrics['top1_all_int8']:.3f}".lstrip("0"),
            f"{simulated:.3f}".lstrip("0"),
            f"{metrics['map_contributors']:.3f}".lstrip("0"),
        ], name


@pytest.mark.parametrize(
    "name",
    [
        "everyday",
        "everyday-efficientnet",
        "everyday-1105",
        "everyday-178",
        "everyday-178-fast",
    ],
)
def test_a_model_card_names_the_released_version(project_root, name):
    card = json.loads((project_root / "models" / name / "card.json").read_text())
    page = (project_root / "docs" / "models" / f"{name}.md").read_text("utf-8")
    assert f"Version {card['version']}." in page
    for metric in {"top1_all_int8", "map_users", "map_contributors"} & set(
        card["metrics"]
    ):
        assert f"{card['metrics'][metric]:.3f}".lstrip("0") in page, metric
    for file in (card["extractor"]["file"], card["aggregator"]["file"]):
        size = (project_root / "models" / name / file).stat().st_size
        assert f"{size:,}" in page, file
