import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_interests.bundle.card import (
    CardError,
    load_card,
    parse_card,
    record_file,
    to_json,
    verify_files,
    write_card,
)


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


def test_round_trip_keeps_text(card_content):
    card = parse_card(json.dumps(card_content))
    assert parse_card(to_json(card)) == card
    assert json.loads(to_json(card)) == card_content


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


def test_each_missing_key_is_named(card_content):
    optional = {"names", "metrics", "files", "minimum_runtime", "signatures"}
    keys = [
        key
        for key in _every_key(card_content)
        # What is below these is a free mapping: see the tests of their contents.
        if not optional & set(map(str, key[:-1]))
    ]
    assert len(keys) > 60
    for key in keys:
        spoilt = copy.deepcopy(card_content)
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
        ("format", 2, "format: .*1, received 2"),
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
