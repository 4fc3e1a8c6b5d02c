"""The store of extracted features: what is in it is never read again."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import BROKEN, drawn_pictures

from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.photos.photo_reader import PhotoReader
from training.experiments.amazon.extract import (
    Chunk,
    Extract,
    Extracted,
    extract_here,
    extract_pictures,
)

CARD = load_card(find_bundle())
HERE = extract_here(PhotoReader(find_bundle(), CARD, 1, 1))


def counted(extract: Extract, read: list[str]) -> Extract:
    def counting(chunks: list[Chunk]) -> Iterator[int]:
        read.extend(key for chunk in chunks for key in chunk.keys)
        yield from extract(chunks)

    return counting


def gathered(extracted: Extracted, wanted: list[str]) -> np.ndarray:
    rows = np.zeros((len(wanted), extracted.dimension), np.uint8)
    extracted.gather(wanted, rows)
    return rows


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return drawn_pictures(tmp_path_factory.mktemp("extract") / "pictures", 9)


def test_only_new_pictures_are_read_whatever_came_between(
    pictures: dict[str, Path], tmp_path: Path
) -> None:
    late = sorted(pictures)[2]
    early = {key: path for key, path in pictures.items() if key != late}
    extract_pictures(early, CARD, HERE, tmp_path, chunk=3)
    read: list[str] = []
    extracted = extract_pictures(pictures, CARD, counted(HERE, read), tmp_path, chunk=3)
    assert read == [late]
    good = sorted(pictures.keys() - {BROKEN})
    at_once = extract_pictures(pictures, CARD, HERE, tmp_path / "at_once")
    np.testing.assert_array_equal(gathered(extracted, good), gathered(at_once, good))
    assert set(extracted.broken) == set(at_once.broken) == {BROKEN}


def test_rows_are_gathered_in_the_order_and_as_often_as_asked(
    pictures: dict[str, Path], tmp_path: Path
) -> None:
    extracted = extract_pictures(pictures, CARD, HERE, tmp_path, chunk=4)
    first, second, third, *_ = sorted(pictures.keys() - {BROKEN})
    rows = gathered(extracted, [third, first, third, second])
    np.testing.assert_array_equal(rows[0], rows[2])
    assert len({row.tobytes() for row in rows}) == 3
    np.testing.assert_array_equal(rows[1:2], gathered(extracted, [first]))


def test_a_picture_without_features_is_not_skipped(
    pictures: dict[str, Path], tmp_path: Path
) -> None:
    extracted = extract_pictures(pictures, CARD, HERE, tmp_path)
    good = min(pictures.keys() - {BROKEN})
    with pytest.raises(ValueError, match="expected those of 2 pictures, received 1"):
        gathered(extracted, [BROKEN, good])
