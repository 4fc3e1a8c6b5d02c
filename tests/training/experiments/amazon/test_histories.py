import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import PATHS, line, review, write_shop

from training.experiments.amazon.filters import Rules, keep_core
from training.experiments.amazon.histories import (
    Source,
    load_histories,
    write_histories,
)
from training.experiments.amazon.store import opened_store

MEGABYTES = 200
RULES = Rules(core=3, categories=4)


def _write(folder: Path, layout: int, rules: Rules = RULES, **shop):
    reviews, metadata = write_shop(folder / "files", layout, **shop)
    source = Source([reviews], [metadata], most_broken=0.05)
    return write_histories(source, rules, folder / "histories", MEGABYTES)


@pytest.mark.parametrize("layout", [2014, 2018])
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


def test_both_layouts_of_one_shop_give_the_same(tmp_path: Path) -> None:
    found = []
    for layout in (2014, 2018):
        _write(tmp_path / str(layout), layout)
        found.append(load_histories(tmp_path / str(layout) / "histories"))
    assert found[0].interactions.equals(found[1].interactions)
    assert found[0].items.equals(found[1].items)


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
    assert not (tmp_path / "histories").exists()


def test_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "histories").mkdir()
    (tmp_path / "histories" / "thesis.txt").write_text("mine")
    with pytest.raises(ValueError, match="nothing was written"):
        _write(tmp_path, 2014)
    assert (tmp_path / "histories" / "thesis.txt").read_text() == "mine"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    source = Source([tmp_path / "reviews.json"], [])
    with pytest.raises(FileNotFoundError, match="reviews.json"):
        write_histories(source, RULES, tmp_path / "histories", MEGABYTES)


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
    with opened_store(path, MEGABYTES) as store:
        store.execute('CREATE TABLE reviews ("user" INT, item INT)')
        store.executemany("INSERT INTO reviews VALUES (?, ?)", sorted(pairs))
        keep_core(store, core)
        assert set(store.execute("FROM reviews").fetchall()) == expected
    assert not list(path.parent.iterdir())


def test_the_store_draws_nothing_between_what_a_command_says(tmp_path: Path) -> None:
    with opened_store(tmp_path / "one.duckdb", MEGABYTES) as store:
        bar = store.execute("SELECT current_setting('enable_progress_bar')").fetchone()
    assert bar == (False,)


PEAK = """
import sys
from pathlib import Path
from training.experiments.amazon.filters import Rules
from training.experiments.amazon.histories import Source, write_histories
from training.reports.measurement import peak_memory_bytes
folder = Path(sys.argv[1])
source = Source([folder / "reviews.json.gz"], [folder / "metadata.json.gz"])
write_histories(source, Rules(core=1, fewest_items=1), folder / "histories", 64)
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
