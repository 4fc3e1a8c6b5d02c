import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import line, product, review

from training.experiments.amazon.lines import LineCounts, LineError, read_records
from training.experiments.amazon.records import (
    Item,
    Review,
    parse_item,
    parse_review,
)


@pytest.mark.parametrize("layout", [2014, 2018, 2023])
def test_a_review_of_each_layout_is_read(layout: int) -> None:
    parsed = parse_review(line(review("A1", "B1", 3, layout), layout))
    assert parsed == Review("A1", "B1", 14_610 + 3, 4.0)


@pytest.mark.parametrize("layout", [2014, 2018, 2023])
def test_an_item_of_each_layout_is_read(layout: int) -> None:
    record = product("B1", ["Home", "Pans &amp; Pots"], "http://shop/1.jpg", layout)
    parsed = parse_item(line(record, layout, metadata=True))
    assert parsed == Item("B1", "Bob's & Co. pan", "Home > Pans & Pots", parsed.url)
    assert parsed.url == "http://shop/1.jpg"


def test_the_largest_picture_is_taken_and_a_placeholder_is_none() -> None:
    both = {"asin": "B1", "imageURL": ["http://s/a"], "imageURLHighRes": ["http://s/b"]}
    assert parse_item(json.dumps(both).encode()).url == "http://s/b"
    first_edition = {"asin": "B1", "image": ["https://s/c"]}
    assert parse_item(json.dumps(first_edition).encode()).url == "https://s/c"
    sizes = {"hi_res": None, "large": "https://s/l", "thumb": "https://s/t"}
    assert parse_item(json.dumps({"asin": "B1", "images": [sizes]}).encode()).url == (
        "https://s/l"
    )
    as_columns = {"hi_res": [None], "large": ["https://s/l"], "thumb": ["https://s/t"]}
    assert parse_item(
        json.dumps({"asin": "B1", "images": as_columns}).encode()
    ).url == ("https://s/l")
    for url in ("http://s/x-site/icons/no-img-sm._AA_.gif", "file:///etc/passwd", 3):
        assert parse_item(json.dumps({"asin": "B1", "imUrl": url}).encode()).url == ""


def test_a_path_ends_where_the_pages_own_html_begins() -> None:
    path = ["Clothing", "Shoes", "</span></span></span>", "Imported"]
    record = {"asin": "B1", "category": path}
    assert parse_item(json.dumps(record).encode()).category == "Clothing > Shoes"


@pytest.mark.parametrize("empty", [{}, {"category": []}, {"categories": [[]]}])
def test_an_item_without_category_says_so(empty: dict) -> None:
    assert parse_item(json.dumps({"asin": "B1"} | empty).encode()).category == ""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"reviewerID": ""}, "reviewerID"),
        ({"asin": None}, "asin"),
        ({"unixReviewTime": "soon"}, "unixReviewTime"),
        ({"unixReviewTime": 1_262_304_000_000}, "unixReviewTime"),
        ({"overall": 0}, "overall"),
        ({"overall": float("nan")}, "overall"),
    ],
)
def test_a_review_that_lacks_something_names_it(change: dict, named: str) -> None:
    with pytest.raises(LineError, match=named):
        parse_review(line(review("A1", "B1") | change, 2014))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"user_id": " "}, "user_id"),
        ({"parent_asin": 3}, "parent_asin"),
        ({"timestamp": None}, "milliseconds since 1970 in 'timestamp'"),
        ({"timestamp": 10**18}, "milliseconds since 1970 in 'timestamp'"),
        ({"rating": "5"}, "rating"),
        ({"rating": True}, "rating"),
    ],
)
def test_a_review_of_2023_that_lacks_something_names_it(
    change: dict, named: str
) -> None:
    with pytest.raises(LineError, match=named):
        parse_review(line(review("A1", "B1", 0, 2023) | change, 2023))


def test_the_category_of_2023_falls_back_to_the_main_one() -> None:
    record = {"parent_asin": "B1", "main_category": "Amazon Home", "categories": []}
    assert parse_item(json.dumps(record).encode()).category == "Amazon Home"


@pytest.mark.parametrize("packed", [True, False])
def test_ratings_of_2023_are_read_from_csv(tmp_path: Path, packed: bool) -> None:
    content = (
        b"user_id,parent_asin,rating,timestamp\nA1,B1,4.0,1262563200923\n"
        b"A2,B1,nine,1262563200923\n"
    )
    path = tmp_path / "ratings"
    path.write_bytes(gzip.compress(content) if packed else content)
    counts = LineCounts(path)
    (found,) = read_records(path, parse_review, counts, 0.5)
    assert found == Review("A1", "B1", 14_610 + 3, 4.0)
    assert "rating" in counts.examples[0][1]


def test_a_csv_field_that_no_reader_takes_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    start = b"user_id,parent_asin,rating,timestamp\n"
    path.write_bytes(start + b"A1,B1," + b"9" * 200_000 + b",1262563200923\n")
    with pytest.raises(ValueError, match=r"ratings\.csv: .*field larger than"):
        list(read_records(path, parse_review, LineCounts(path), 0.5))


@given(st.binary(max_size=200))
def test_no_line_does_more_than_be_broken(content: bytes) -> None:
    for parse in (parse_review, parse_item):
        try:
            parse(content)
        except LineError:
            pass


def test_nothing_in_a_metadata_line_is_run(tmp_path: Path) -> None:
    written = tmp_path / "written"
    attack = f"{{'asin': open({str(written)!r}, 'w')}}".encode()
    with pytest.raises(LineError):
        parse_item(attack)
    assert not written.exists()


@pytest.mark.parametrize("packed", [True, False])
def test_broken_lines_are_counted_with_their_numbers(
    tmp_path: Path, packed: bool
) -> None:
    good = line(review("A1", "B1"), 2014)
    content = b"\n".join(
        [good.strip(), b"", b"{half", good.strip(), b"[]", b"\xff\xfe"]
    )
    path = tmp_path / "reviews"
    path.write_bytes(gzip.compress(content) if packed else content)
    counts = LineCounts(path)
    assert len(list(read_records(path, parse_review, counts, 0.9))) == 2
    assert (counts.lines, counts.broken) == (5, 3)
    assert [number for number, _ in counts.examples] == [3, 5, 6]


def test_too_many_broken_lines_end_the_reading_with_their_numbers(
    tmp_path: Path,
) -> None:
    path = tmp_path / "reviews"
    path.write_bytes(b"broken\n" * 5000)
    counts = LineCounts(path)
    with pytest.raises(ValueError, match="at most 1.0% broken.*line 1: no JSON"):
        list(read_records(path, parse_review, counts, 0.01))
    assert counts.lines == 1000  # and not read to the end


def test_half_a_download_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reviews.json.gz"
    whole = gzip.compress(line(review("A1", "B1"), 2014) * 2000)
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match="whole gzip"):
        list(read_records(path, parse_review, LineCounts(path), 0.5))


def test_a_damaged_download_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "reviews.json.gz"
    whole = bytearray(gzip.compress(line(review("A1", "B1"), 2014) * 2000))
    whole[10] |= 0b110  # a kind of block that there is none of
    path.write_bytes(whole)
    with pytest.raises(ValueError, match=r"reviews\.json\.gz: expected a whole gzip"):
        list(read_records(path, parse_review, LineCounts(path), 0.5))


def test_an_endless_line_is_skipped_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.experiments.amazon.lines.MAXIMUM_LINE_BYTES", 1000)
    good = line(review("A1", "B1"), 2014)
    path = tmp_path / "reviews"
    path.write_bytes(good + b"x" * 12_345 + b"\n" + good)
    counts = LineCounts(path)
    assert len(list(read_records(path, parse_review, counts, 0.5))) == 2
    assert counts.examples[0][0] == 2
