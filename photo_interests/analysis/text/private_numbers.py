"""Card and account numbers in text: they are masked before anything keeps the text."""

import re
from collections.abc import Iterator

MASK = "\N{BULLET}"
CARD_DIGITS = range(13, 20)
IBAN_LENGTHS = range(15, 35)

DIGITS = re.compile(r"\d(?:[ \t\u00a0-]{0,2}\d){12,}")
GROUPS_OF_A_CARD = re.compile(
    r"(?<!\d)(?:\d{4}[\s-]{1,3}\d{4}[\s-]{1,3}\d{4}[\s-]{1,3}\d{4}"
    r"|3\d{3}[\s-]{1,3}\d{6}[\s-]{1,3}\d{5})(?!\d)"
)
"""As cards print their numbers, also on several lines; one misread digit is no excuse.

The second way is that of American Express.
"""
IBAN_START = re.compile(r"(?=([A-Za-z]{2}[ \t\u00a0-]?\d[ \t\u00a0-]?\d))")


def without_private_numbers(text: str) -> str:
    """Mask each character of payment card numbers and IBANs.

    Card numbers are 13 to 19 digits, with spaces or hyphens between, whose check digit
    is right (Luhn), or four groups of four; IBANs are checked by their remainder modulo
    97. A longer row of digits that has such a number within is masked there.

    Args:
        text: Any text.

    Returns:
        Text of the same length.
    """
    masked = list(text)
    for start, end in (*_cards(text), *_ibans(text)):
        for index in range(start, end):
            if text[index].isalnum():
                masked[index] = MASK
    return "".join(masked)


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_iban(text: str) -> bool:
    """Whether letters and digits without spaces are an IBAN (ISO 13616)."""
    if len(text) not in IBAN_LENGTHS or not text.isascii() or not text.isalnum():
        return False
    turned = text[4:] + text[:4]
    return int("".join(str(int(one, 36)) for one in turned)) % 97 == 1


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for match in GROUPS_OF_A_CARD.finditer(text):
        yield match.span()
    for match in DIGITS.finditer(text):
        places = [
            match.start() + index
            for index, one in enumerate(match.group())
            if one.isdecimal()
        ]
        digits = "".join(str(int(text[place])) for place in places)
        for first in range(len(digits)):
            for length in CARD_DIGITS:
                last = first + length
                if last <= len(digits) and is_luhn(digits[first:last]):
                    yield places[first], places[last - 1] + 1


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for match in IBAN_START.finditer(text):
        places: list[int] = []
        gap = 0
        for index in range(match.start(), len(text)):
            one = text[index]
            if one.isascii() and one.isalnum():
                places.append(index)
                gap = 0
            elif one in " \t\u00a0-" and gap < 2:
                gap += 1
            else:
                break
            if len(places) == IBAN_LENGTHS[-1]:
                break
        letters = "".join(text[place] for place in places)
        for length in reversed(IBAN_LENGTHS):
            if length <= len(letters) and is_iban(letters[:length]):
                yield places[0], places[length - 1] + 1
                break
