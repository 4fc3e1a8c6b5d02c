"""Damaged and odd files: what Python and the app make of the same ones.

`damaged_photos.json` holds what each file gives; the app's `DamagedPhotosTest` reads it
too. `docs/decisions/0021-damaged-and-odd-files.md` is the rule.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from photo_interests.photos.heif_boxes import clean_aperture, preview
from photo_interests.photos.pixels import PhotoError, check_evidence, resize

FOLDER = Path(__file__).parent
EXPECTED = json.loads((FOLDER / "damaged_photos.json").read_text())
FILES = FOLDER / "damaged_photos"
HALF = 20


def corners(pixels: np.ndarray) -> np.ndarray:
    """Mean colours `(4, 3)` around the middle of each quarter of `(224, 224, 3)`."""
    middles = [(56, 56), (56, 168), (168, 56), (168, 168)]
    return np.array(
        [
            pixels[y - HALF : y + HALF + 1, x - HALF : x + HALF + 1].mean((0, 1))
            for y, x in middles
        ]
    )


@pytest.mark.parametrize("case", EXPECTED["cases"], ids=lambda case: case["file"])
def test_damaged_photo(case):
    path = FILES / case["file"]
    if "refused" in case:
        with pytest.raises(PhotoError) as error:
            check_evidence(path, decode(path, INPUT_RULE).image)
        assert error.value.reason.startswith(case["refused"])
        return
    image = decode(path, INPUT_RULE).image
    check_evidence(path, image)
    received = corners(resize(image, INPUT_RULE))
    assert np.abs(received - case["corners"]).max() <= EXPECTED["tolerance"], received


@pytest.mark.parametrize("name", EXPECTED["heif"]["clean_aperture"])
def test_clean_aperture(name):
    box = EXPECTED["heif"]["clean_aperture"][name]
    assert clean_aperture(FILES / name) == (box and tuple(box))


@pytest.mark.parametrize("name", EXPECTED["heif"]["thumbnail_first"])
def test_thumbnail_first(name):
    content = preview(FILES / name)
    received = content and hashlib.sha256(content).hexdigest()
    assert received == EXPECTED["heif"]["thumbnail_first"][name]


@pytest.mark.parametrize("name", EXPECTED["heif"]["cut"])
def test_cut_heic(name):
    with pytest.raises(PhotoError):
        decode(FILES / name, INPUT_RULE)


def test_every_file_is_expected():
    heif = EXPECTED["heif"]
    named = {case["file"] for case in EXPECTED["cases"]} | set(heif["cut"])
    named |= {*heif["clean_aperture"], *heif["thumbnail_first"]}
    assert named == {path.name for path in FILES.iterdir()}
