import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import PATHS, line, review, write_shop

from training.experiments.amazon.engines import opened_duckdb
from training.experiments.amazon.filters import Rules, keep_core
from training.experiments.amazon.histories import (
    Source,
    load_histories,
    write_histories,
)

MEGABYTES = 200
RULES = Rules(core=3, categories=4)


def _write(folder: Path, layout: int, rules: Rules = RULES, **shop):
    reviews, metadata = write_shop(folder / "files", layout, **shop)
    return _filter(Source([reviews], [metadata], most_broken=0.05), rules, folder)


def _filter(source: Source, rules: Rules, folder: Path):
    histories = folder / "histories"
    histories.mkdir(parents=True, exist_ok=True)
    return write_histories(source, rules, histories, folder / "scratch", MEGABYTES)


@pytest.mark.parametrize("layout", [2014, 2018, 2023])
def test_files_become_histories_in_order_of_time(tmp_path: Path, layout: int) -> None:
    sizes, counts = _write(tmp_path, layout, extra=b"{broken\n")
    histories = load_histories(tmp_path / "histories")
    table = histories.interactions
    assert table.equals(table.sort_values(["user", "day", "item"], ignore_index=True))
    assert sizes[0].entries == 30 * 8
    assert sizes[-1].entries == len(table)
    assert set(table["item"]) == set(histories.items["item"])
    assert sizes[-1].categories == histories.items["category"].nunique() == 4
    assert [one.broken for one in counts] == [0, 1]
    assert table.groupby("user").size().between(5, 40).all()


def test_all_layouts_of_one_shop_give_the_same(tmp_path: Path) -> None:
    found = []
    for layout in (2014, 2018, 2023):
        _write(tmp_path / str(layout), layout)
        found.append(load_histories(tmp_path / str(layout) / "histories"))
    for other in found[1:]:
        assert found[0].interactions.equals(other.interactions)
        assert found[0].items.equals(other.items)


def test_a_parsed_file_is_not_parsed_again(tmp_path: Path) -> None:
    first = _write(tmp_path, 2018, extra=b"{broken\n")
    parsed = tmp_path / "scratch" / "reviews" / "0.parquet"
    written = parsed.stat().st_mtime_ns
    reviews, metadata = (
        tmp_path / "files" / f"{name}.json.gz" for name in ("reviews", "metadata")
    )
    assert _filter(Source([reviews], [metadata], 0.05), RULES, tmp_path) == first
    assert parsed.stat().st_mtime_ns == written


def test_the_earliest_of_several_reviews_counts(tmp_path: Path) -> None:
    again = b"".join(
        line(review("A9999", "B000000001", day, 2018), 2018) for day in (7, 2, 5)
    )
    more = b"".join(
        line(review("A9999", f"B{i:09}", 9, 2018), 2018) for i in range(2, 6)
    )
    _write(tmp_path, 2018, extra=again + more)
    table = load_histories(tmp_path / "histories").interactions
    own = table[(table["user"] == "A9999") & (table["item"] == "B000000001")]
    assert own["day"].tolist() == [14_610 + 2]


def test_only_the_categories_of_most_reviews_stay(tmp_path: Path) -> None:
    extra = b"".join(
        line(review(f"A{u:04}", f"B{i:09}", 1, 2014), 2014)
        for u in range(100, 140)
        for i in (0, 4, 8, 12, 16)  # all of the first category
    )
    sizes, _ = _write(tmp_path, 2014, Rules(core=3, categories=1), extra=extra)
    items = load_histories(tmp_path / "histories").items
    assert set(items["category"]) == {" > ".join(PATHS[0])}
    assert sizes[-2].categories == 1


def test_nothing_left_says_after_which_step(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="9-core: 0"):
        _write(tmp_path, 2014, Rules(core=9))
    assert not list((tmp_path / "histories").iterdir())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    source = Source([tmp_path / "reviews.json"], [])
    with pytest.raises(FileNotFoundError, match="reviews.json"):
        _filter(source, RULES, tmp_path)


@settings(max_examples=15)
@given(
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1),
    st.integers(1, 4),
)
def test_the_core_is_the_largest_fixed_point(
    tmp_path_factory: pytest.TempPathFactory, pairs: set[tuple[int, int]], core: int
) -> None:
    expected = set(pairs)
    while True:  # the definition, naively
        users, items = Counter(u for u, _ in expected), Counter(i for _, i in expected)
        kept = {(u, i) for u, i in expected if min(users[u], items[i]) >= core}
        if kept == expected:
            break
        expected = kept
    path = tmp_path_factory.mktemp("store") / "one.duckdb"
    with opened_duckdb(path, MEGABYTES) as engine:
        rows = ", ".join(map(str, sorted(pairs)))
        engine.execute(
            f'CREATE TABLE reviews AS FROM (VALUES {rows}) AS t("user", item)'
        )
        keep_core(engine, core)
        assert set(engine.rows("FROM reviews")) == expected
    assert not list(path.parent.iterdir())


def test_the_store_draws_nothing_between_what_a_command_says(tmp_path: Path) -> None:
    with opened_duckdb(tmp_path / "one.duckdb", MEGABYTES) as engine:
        (bar,) = engine.rows("SELECT current_setting('enable_progress_bar')")
    assert bar == (False,)


PEAK = """
import sys
from pathlib import Path
from training.experiments.amazon.filters import Rules
from training.experiments.amazon.histories import Source, write_histories
from training.runs import peak_memory_bytes
folder = Path(sys.argv[1])
source = Source([folder / "reviews.json.gz"], [folder / "metadata.json.gz"])
rules = Rules(core=1, fewest_items=1)
write_histories(source, rules, folder, folder / "scratch", 64)
print(peak_memory_bytes())
"""


def _peak_megabytes(folder: Path, users: int) -> float:
    write_shop(folder, 2018, users=users)
    result = subprocess.run(
        [sys.executable, "-c", PEAK, str(folder)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(result.stdout) / 2**20


@pytest.mark.slow
def test_memory_stays_flat_however_long_the_files(tmp_path: Path) -> None:
    """Ten times the reviews: 40,000 lines of about 300 bytes as against 4,000."""
    short = _peak_megabytes(tmp_path / "short", 500)
    long = _peak_megabytes(tmp_path / "long", 5_000)
    assert long < short + 40


@pytest.mark.long
def test_memory_stays_flat_for_a_file_of_millions(tmp_path: Path) -> None:
    """1.6 million lines of about 300 bytes: half a gigabyte once unpacked."""
    short = _peak_megabytes(tmp_path / "short", 10_000)
    long = _peak_megabytes(tmp_path / "long", 200_000)
    assert long < short + 100
