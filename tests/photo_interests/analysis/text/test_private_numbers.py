import re

from hypothesis import assume, given
from hypothesis import strategies as st

from photo_interests.analysis.text.private_numbers import (
    MASK,
    is_iban,
    is_luhn,
    without_private_numbers,
)

SEPARATORS = st.sampled_from(["", " ", "-", "  ", "\u00a0"])
WORDS = st.text(st.characters(categories=("Ll", "Zs")), max_size=12)


@st.composite
def card_numbers(draw):
    """Digits with a right check digit, and separators between groups."""
    body = draw(st.text("0123456789", min_size=12, max_size=18))
    check = next(digit for digit in "0123456789" if is_luhn(body + digit))
    digits = body + check
    separator, size = draw(SEPARATORS), draw(st.integers(2, 6))
    groups = [digits[at : at + size] for at in range(0, len(digits), size)]
    return digits, separator.join(groups)


@st.composite
def ibans(draw):
    """A country, a right check number and 11 to 30 letters and digits."""
    country = draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2))
    body = draw(
        st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=11, max_size=30)
    )
    check = next(
        f"{number:02}"
        for number in range(2, 99)
        if is_iban(f"{country}{number:02}{body}")
    )
    iban = country + check + body
    if draw(st.booleans()):
        return iban, " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))
    return iban, iban


@given(card_numbers(), WORDS, WORDS)
def test_no_digit_of_a_card_number_is_kept(number, before, after):
    _, written = number
    masked = without_private_numbers(f"{before}\n{written}\n{after}")
    assert not re.search(r"\d", masked)


@given(ibans(), WORDS, WORDS)
def test_nothing_of_an_iban_is_kept(number, before, after):
    _, written = number
    masked = without_private_numbers(f"{before}\n{written}\n{after}")
    assert len(masked) == len(f"{before}\n{written}\n{after}")
    line = masked[len(before) + 1 : len(before) + 1 + len(written)]
    assert not any(one.isalnum() for one in line)


@given(st.text("0123456789 .,€abcdefgh\n", max_size=60))
def test_text_without_long_numbers_stays(text):
    runs = re.findall(r"[\d \t\u00a0-]+", text)
    assume(all(sum(one.isdigit() for one in run) < 13 for run in runs))
    assume(not re.search(r"[a-h]{2}[ -]?\d", text))
    assume(not re.search(r"(\d{4}\s+){3}\d{4}", text))
    assert without_private_numbers(text) == text


@given(st.text(max_size=80))
def test_any_text_keeps_its_length_and_masking_again_changes_nothing(text):
    masked = without_private_numbers(text)
    assert len(masked) == len(text)
    assert without_private_numbers(masked) == masked


def test_a_card_number_on_four_lines_and_with_a_misread_digit():
    number = "4111 1111 1111 1111"
    for written in (number, number.replace(" ", "\n"), f"{number[:-1]}2"):
        assert set(without_private_numbers(written)) <= {MASK, " ", "\n", "-"}
    assert without_private_numbers("3782 822463 10005").count(MASK) == 15


def test_examples_of_banks():
    text = "IBAN: DE89 3704 0044 0532 0130 00, GB82WEST12345698765432"
    masked = without_private_numbers(text)
    assert masked.startswith("IBAN: ") and not re.search(r"\d", masked)


def test_prices_dates_and_telephone_numbers_stay():
    text = "TOTAL 4.80\nCASH 10.00\n+49 89 1234567\n26-05-2018 15:16:13\n52100 KL"
    assert without_private_numbers(text) == text
