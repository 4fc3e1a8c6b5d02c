"""Checks of a bundle's files that need no model: listing, labels, attribution."""

from export.attribution import NAME as ATTRIBUTION_NAME
from export.attribution import attribution
from export.bundle_reader import BundleReader
from export.labels import label_files
from photo_interests.bundle.card import CARD_NAME, to_json


def check_listing(reader: BundleReader) -> str:
    """Nothing lies in the bundle that the card does not name, links included."""
    paths = [p for p in reader.bundle.rglob("*") if p.is_symlink() or not p.is_dir()]
    links = [path.name for path in paths if path.is_symlink()]
    if links:
        raise ValueError(f"expected plain files, received links {links}")
    found = {path.relative_to(reader.bundle).as_posix() for path in paths}
    expected = {*reader.card.files, CARD_NAME}
    if found != expected:
        raise ValueError(
            f"unlisted {sorted(found - expected)}, missing {sorted(expected - found)}"
        )
    total = sum(path.stat().st_size for path in paths)
    return f"{len(found)} files, {total} bytes"


def check_card_text(reader: BundleReader) -> str:
    """The card's text is what export writes of its content."""
    text = (reader.bundle / CARD_NAME).read_text(encoding="utf-8")
    if text != to_json(reader.card):
        raise ValueError("expected the text that export writes, received an edited one")
    return f"{len(text)} characters"


def check_labels(reader: BundleReader) -> str:
    """The label files say what the card says, line by line."""
    for name, expected in label_files(reader.card).items():
        received = (reader.bundle / name).read_bytes()
        if received != expected:
            raise ValueError(f"{name}: {_first_difference(received, expected)}")
    return f"{len(reader.card.interests)} interests"


def check_attribution(reader: BundleReader) -> str:
    """Sources, licences, commands and metrics are listed as the card has them."""
    received = (reader.bundle / ATTRIBUTION_NAME).read_bytes()
    expected = attribution(reader.card).encode()
    if received != expected:
        difference = _first_difference(received, expected)
        raise ValueError(f"{ATTRIBUTION_NAME}: {difference}")
    return f"{len(reader.card.training.sources)} sources"


def _first_difference(received: bytes, expected: bytes) -> str:
    one, two = received.splitlines(), expected.splitlines()
    for line, (have, want) in enumerate(zip(one, two, strict=False), start=1):
        if have != want:
            return f"line {line}: expected {want!r}, received {have!r}"
    return f"expected {len(two)} lines, received {len(one)}"
