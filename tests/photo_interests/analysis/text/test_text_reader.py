"""The real models on drawn text, that of `tests/contract` as in the app."""

import json
from pathlib import Path

import pytest
from PIL import Image

from export.third_party.drawn_text import draw_lines
from photo_interests.analysis.analyzers import choose_analyzers
from photo_interests.analysis.card import load_analyzer, write_analyzer
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.text.text_reader import TextReader
from photo_interests.bundle.card import CardError, load_card
from photo_interests.bundle.location import find_bundle
from tests.contract.draw_text import GOLDEN, open_picture, rows
from tests.photo_interests.analysis.stored_models import StoredModels
from training.experiments.analyzers.drawn_text import RECEIPT

EXPECTED = json.loads(GOLDEN.read_text("utf-8"))


@pytest.fixture(scope="module")
def reader(installed):
    return TextReader(installed("text"))


@pytest.mark.parametrize("picture", EXPECTED)
def test_golden_text(reader, installed, picture):
    tolerances = load_analyzer(installed("text"), "text").tolerances
    expected, received = EXPECTED[picture], rows(reader.read(open_picture(picture)))
    assert [row[0] for row in received] == [row[0] for row in expected]
    for one, other in zip(received, expected, strict=True):
        assert one[1] == pytest.approx(other[1], abs=tolerances["score"])
        assert one[2:] == pytest.approx(other[2:], abs=tolerances["box"])


def test_golden_pictures_show_text_that_lies_in_every_way():
    assert sum(map(len, EXPECTED.values())) >= 25
    assert EXPECTED["empty"] == []
    upwards, lying = EXPECTED["upwards"], EXPECTED["lying"]
    assert sorted(row[0] for row in upwards) == sorted(row[0] for row in lying)
    # Both files have the same pixels, but one says that it is to be turned.
    assert all(row[5] > row[4] for row in upwards)
    assert all(row[4] > row[5] for row in lying)


def test_a_receipt_is_read_line_by_line(reader):
    lines = reader.read(draw_lines(RECEIPT))
    # A space after a comma is the one thing that int8 misses here.
    assert [line.text.replace(" ", "") for line in lines] == [
        line.replace(" ", "") for line in RECEIPT
    ]
    tops = [line.box.top for line in lines]
    assert tops == sorted(tops)


def test_columns_are_read_from_left_to_right(reader):
    left, right = draw_lines(("Espresso", "Pizza")), draw_lines(("2.20", "9.50"))
    both = Image.new("RGB", (left.width * 2, left.height))
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    words = [line.text for line in reader.read(both)]
    assert words == ["Espresso", "2.20", "Pizza", "9.50"]


def test_private_numbers_are_masked(reader):
    text = reader.read(draw_lines(("Card 4111 1111 1111 1111", "Thank you")))
    assert "1111" not in "".join(line.text for line in text)
    assert text[-1].text == "Thank you"


@pytest.mark.parametrize(
    ("kinds", "searched"),
    [({"everyday.receipt": 0.4}, True), ({"imagenet.menu": 0.02}, False), ({}, False),
     ({"imagenet.menu": 0.03, "imagenet.packet": 0.03}, True)],
)  # fmt: skip
def test_the_gate(reader, kinds, searched):
    photo = DecodedPhoto(
        Path("drawn.png"), draw_lines(("Menu",)), StoredModels(kinds=kinds), True
    )
    row = reader(photo)
    assert row.gated is not searched
    assert row.text == ("Menu" if searched else "")


def test_a_large_photo_is_decoded_again_for_its_text(reader, tmp_path):
    path = tmp_path / "large.jpg"
    large = draw_lines(RECEIPT, size=60, width=1500)
    large.save(path, quality=92)
    reduced = large.resize((large.width // 8, large.height // 8))
    photo = DecodedPhoto(path, reduced, StoredModels(kinds={"everyday.page": 1.0}))
    assert [line.text for line in reader(photo).lines] == list(RECEIPT)


def test_a_bundle_without_the_kinds_of_the_gate(installed):
    models = installed("text").parent
    with pytest.raises(ValueError, match="everyday-1105 lacks the kinds everyday.meme"):
        choose_analyzers(load_card(find_bundle("everyday-1105")), ["text"], models)


def test_a_card_that_does_not_fit(installed, tmp_path):
    folder = installed("text")
    card = load_analyzer(folder, "text", verify=True)
    for name in card.files:
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    changed = card.input.model_copy(update={"side": 320})
    write_analyzer(card.model_copy(update={"input": changed}), tmp_path)
    with pytest.raises(CardError, match=r"expected pixels uint8 \(1, 320, 320, 3\)"):
        TextReader(tmp_path)
