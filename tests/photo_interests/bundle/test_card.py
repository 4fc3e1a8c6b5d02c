import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_interests.bundle.card import (
    CARD_NAME,
    CardError,
    load_card,
    parse_card,
    record_file,
    to_json,
    verify_files,
    write_card,
)
from photo_interests.bundle.interest_sections import is_listed
from photo_interests.bundle.location import find_bundle


def _spoil(content: dict[str, Any], where: str, value: Any) -> str:
    spoilt = copy.deepcopy(content)
    *path, last = where.split(".")
    section: Any = spoilt
    for key in path:
        section = section[int(key) if key.isdigit() else key]
    section[last] = value
    return json.dumps(spoilt)


def _every_key(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = []
    if isinstance(content, dict):
        for key, value in content.items():
            found += [(*path, key), *_every_key(value, (*path, key))]
    if isinstance(content, list):
        for index, value in enumerate(content):
            found += _every_key(value, (*path, index))
    return found


@pytest.fixture(params=["card_content", "card_2_content"])
def any_content(request) -> dict[str, Any]:
    return request.getfixturevalue(request.param)


def test_round_trip_keeps_text(any_content):
    card = parse_card(json.dumps(any_content))
    assert parse_card(to_json(card)) == card
    assert json.loads(to_json(card)) == any_content


@pytest.mark.parametrize("name", ["everyday-1105", "everyday-178", "everyday-178-fast"])
def test_text_of_a_released_card_is_kept(name):
    text = (find_bundle(name) / CARD_NAME).read_text(encoding="utf-8")
    assert to_json(parse_card(text)) == text


def test_interests_and_kinds_of_both_formats(card_content, card_2_content):
    one = parse_card(json.dumps(card_content))
    assert [interest.id for interest in one.interests] == ["a.cat", "a.dog"]
    assert one.kinds == ()
    two = parse_card(json.dumps(card_2_content))
    assert [interest.id for interest in two.interests] == [
        "dogs",
        "cats",
        "health",
        "household",
    ]
    assert [kind.id for kind in two.kinds][3:] == ["a.basket", "a.pill", "a.cloud"]
    assert two.kinds[3].interests == {"dogs": 0.5, "household": 0.5}


def test_who_may_see_an_interest(card_content, card_2_content):
    one = parse_card(json.dumps(card_content))
    assert [is_listed(interest, False) for interest in one.interests] == [True, True]
    two = parse_card(json.dumps(card_2_content)).interests
    assert [is_listed(each, False) for each in two] == [True, True, False, False]
    assert [is_listed(each, True) for each in two] == [True, True, True, False]


@given(
    value=st.floats(1e-6, 1e6),
    name=st.text(min_size=1),
    initial=st.floats(-1e38, 0),
    metrics=st.dictionaries(
        st.text(min_size=1), st.floats(allow_nan=False, allow_infinity=False)
    ),
)
def test_round_trip_of_any_value(card_text, value, name, initial, metrics):
    content = json.loads(card_text)
    content["features"]["scale"] = value
    content["name"] = content["categories"][0]["names"]["de"] = name
    content["aggregator"]["state"]["initial"] = initial
    content["metrics"] = metrics
    card = parse_card(json.dumps(content))
    assert parse_card(to_json(card)) == card
    assert card.metrics == metrics


def test_features_have_the_key_of_extractor_and_pixels(card_content):
    def key(where, value):
        return parse_card(_spoil(card_content, where, value)).features_key

    own = parse_card(json.dumps(card_content)).features_key
    assert key("version", "9.9.9") == own
    assert key("input.reduced_decode.minimum_side", 1234) != own
    files = copy.deepcopy(card_content["files"])
    files[card_content["extractor"]["file"]]["sha256"] = "1" * 64
    assert key("files", files) != own


def test_each_missing_key_is_named(any_content):
    optional = {"names", "metrics", "files", "minimum_runtime", "signatures"}
    keys = [
        key
        for key in _every_key(any_content)
        # What is below these is a free mapping: see the tests of their contents.
        if not optional & set(map(str, key[:-1]))
        and not (key[0] == "kinds" and len(key) == 4)
    ]
    assert len(keys) > 60
    for key in keys:
        spoilt = copy.deepcopy(any_content)
        section = spoilt
        for part in key[:-1]:
            section = section[part]
        del section[key[-1]]
        with pytest.raises(CardError) as caught:
            parse_card(json.dumps(spoilt))
        assert f"missing key {'.'.join(map(str, key))}:" in str(caught.value)


@pytest.mark.parametrize(
    "section",
    ["", "input.", "input.reduced_decode.", "aggregator.state.", "categories.0."],
)
def test_unknown_key_is_named(card_content, section):
    with pytest.raises(CardError, match=f"unknown key {section}extra"):
        parse_card(_spoil(card_content, f"{section}extra", 1))


@pytest.mark.parametrize(
    ("where", "value", "message"),
    [
        ("format", "1", "format: expected 1 or 2, received '1'$"),
        ("format", True, "format: expected 1 or 2, received True$"),
        ("format", 0, "format: expected 1 or 2, received 0$"),
        (
            "format",
            3,
            "format: expected 1 or 2, received 3; "
            "a newer version of this program may read it",
        ),
        ("aggregator.state.merge", "add", "merge: expected 'logaddexp', received 'add"),
        ("input.height", "224", "input.height: .*integer, received '224'"),
        ("input.height", True, "input.height: .*integer, received True"),
        ("input.resize", "crop", "input.resize: .*'squash', received 'crop'"),
        ("input.reduced_decode.factors", [2, 4], "rising from 1, received \\(2, 4\\)"),
        ("features.scale", float("nan"), "features.scale"),
        ("features.scale", 0, "features.scale: .*greater than 0, received 0"),
        ("version", "1.0", "version: .*received '1.0'"),
        ("aggregator.state", None, "expected signatures \\['predict'\\]"),
        ("features.dimension", 512, "aggregator.signatures.predict: expected"),
        ("categories.1.id", "a.cat", "category ids: .*received twice \\['a.cat'\\]"),
        ("categories.1.area", "sea", "expected one of \\['animals'\\], .*\\['sea'\\]"),
        ("categories.1.names", {"de": "Hunde"}, "English name"),
        ("extractor.file", "../e.tflite", "extractor.file: .*inside the bundle"),
        ("extractor.file", "other.tflite", "received \\['other.tflite'\\]"),
        ("minimum_runtime", {}, "minimum_runtime: expected .*received \\[\\]"),
        ("files", {}, "file: expected one of \\[\\], received"),
    ],
)
def test_wrong_value_is_named(card_content, where, value, message):
    with pytest.raises(CardError, match=message):
        parse_card(_spoil(card_content, where, value))


@pytest.mark.parametrize(
    ("where", "value", "message"),
    [
        ("format", 1, "missing key categories"),
        ("aggregator.state", None, "expected signatures \\['predict'\\]"),
        ("aggregator.state.merge", "logaddexp", "merge: expected 'add', received"),
        ("aggregator.state.shape", [5, 3], "signatures.update: expected .*\\(5, 3\\)"),
        ("aggregator.signatures.predict.outputs.evident", [3], "predict: expected"),
        ("aggregator.signatures.finish.outputs.extra", [4], "finish: expected"),
        ("interests.1.id", "dogs", "interest ids: .*received twice \\['dogs'\\]"),
        ("interests.1.area", "sea", "area of an interest: expected one of"),
        ("interests.1.shown", "often", "interests.1.shown: .*received 'often'"),
        ("interests.1.wikidata", "144", "interests.1.wikidata: .*received '144'"),
        ("kinds.1.id", "a.beagle", "kind ids: .*received twice \\['a.beagle'\\]"),
        ("kinds.1.interests", {"sea": 1.0}, "interest of a kind: .*\\['sea'\\]"),
        ("kinds.1.interests", {"dogs": 1.1}, "kinds.1.interests.dogs: .*received 1.1"),
        ("events.gap_minutes", 0, "events.gap_minutes: .*received 0"),
        ("thresholds.kind", 2, "thresholds.kind: .*received 2"),
        ("golden.set.events", "other.npy", "received \\['other.npy'\\]"),
    ],
)
def test_wrong_value_of_format_2_is_named(card_2_content, where, value, message):
    with pytest.raises(CardError, match=message):
        parse_card(_spoil(card_2_content, where, value))


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"format": 1}'])
def test_no_card(text):
    with pytest.raises(CardError, match="is not a card"):
        parse_card(text)


def test_no_file(tmp_path):
    with pytest.raises(CardError, match="cannot read the bundle's card"):
        load_card(tmp_path)


@pytest.fixture
def written(card_content, tmp_path) -> Path:
    for name in card_content["files"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name.encode())
        card_content["files"][name] = record_file(path).model_dump()
    write_card(parse_card(json.dumps(card_content)), tmp_path)
    return tmp_path


def test_load_verifies(written):
    card = load_card(written)
    verify_files(card, written)
    assert card.name == "example"


def test_changed_byte_is_found(written):
    (written / "extractor.tflite").write_bytes(b"extractor.tflitf")
    with pytest.raises(CardError, match="extractor.tflite: expected sha256"):
        load_card(written)
    assert load_card(written, verify=False).name == "example"


def test_cut_file_is_found(written):
    (written / "aggregator.tflite").write_bytes(b"aggr")
    with pytest.raises(CardError, match="expected 17 bytes, received 4"):
        load_card(written)


def test_missing_file_is_found(written):
    (written / "golden" / "set.features").unlink()
    with pytest.raises(CardError, match="golden/set.features, which is missing"):
        load_card(written)
