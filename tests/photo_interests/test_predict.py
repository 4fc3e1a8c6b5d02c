import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from photo_interests.bundle.card import load_card
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.predict import NoPhotosError, predict_photos
from tests.photo_interests.drawn import busy, encoded

KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}


@pytest.fixture(scope="module")
def reader(tiny_bundle):
    return PhotoReader(tiny_bundle, load_card(tiny_bundle), processes=2, threads=1)


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    paths = []
    for index in range(8):
        kind = list(KINDS)[index % 4]
        paths.append(folder / f"{index}.{KINDS[kind]}")
        paths[-1].write_bytes(encoded(busy(90, 70, seed=index), kind))
    return paths


def test_answer_and_skipped(reader, photos, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("no photo")
    heard = []
    prediction = predict_photos(
        [note, *photos, tmp_path / "absent"], reader, heard.append
    )
    assert prediction.photos == tuple(photos)
    assert [error.path for error in prediction.skipped] == [note, tmp_path / "absent"]
    assert len(heard) == 10 and sum(error is not None for error in heard) == 2
    assert prediction.contributions.shape == (8, 2)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations(range(8)))
def test_order_of_files_is_irrelevant(reader, photos, order):
    plain = predict_photos(photos, reader)
    shuffled = predict_photos([photos[index] for index in order], reader)
    np.testing.assert_allclose(shuffled.probabilities, plain.probabilities, atol=1e-5)
    np.testing.assert_allclose(
        shuffled.contributions, plain.contributions[list(order)], atol=1e-5
    )


def test_no_files(reader):
    with pytest.raises(NoPhotosError, match="received none"):
        predict_photos([], reader)


def test_no_readable_file(reader, tmp_path):
    (tmp_path / "a.jpg").touch()
    with pytest.raises(NoPhotosError, match="none of 1 files") as caught:
        predict_photos([tmp_path / "a.jpg"], reader)
    assert [error.reason for error in caught.value.skipped] == ["empty file"]


def _corrupt(content, generator):
    """Returns the damaged bytes, and whether nothing can be read from them."""
    match generator.randrange(4):
        case 0:  # a few flipped bits: a decoder may or may not mind
            damaged = bytearray(content)
            for _ in range(generator.randint(1, 40)):
                place = generator.randrange(len(damaged))
                damaged[place] ^= 1 << generator.randrange(8)
            return bytes(damaged), False
        case 1:  # cut off in its first half
            return content[: generator.randrange(len(content) // 2)], True
        case 2:  # another beginning
            return generator.randbytes(16) + content[16:], True
        case _:  # a stretch of something else
            start = generator.randrange(len(content))
            noise = generator.randbytes(generator.randint(1, 400))
            return content[:start] + noise + content[start + len(noise) :], False


@pytest.mark.slow
@pytest.mark.parametrize("files", [500, pytest.param(10_000, marks=pytest.mark.long)])
def test_no_corrupted_file_is_lost(reader, photos, tmp_path, files):
    generator = random.Random(5)
    paths, hopeless = [], set()
    for index in range(files):
        original = photos[index % len(photos)]
        content, unreadable = _corrupt(original.read_bytes(), generator)
        paths.append(tmp_path / f"{index}{original.suffix}")
        paths[-1].write_bytes(content)
        if unreadable:
            hopeless.add(paths[-1])
    prediction = predict_photos([*paths, *photos], reader)
    skipped = {error.path for error in prediction.skipped}
    assert len(skipped) == len(prediction.skipped)
    assert sorted([*prediction.photos, *skipped]) == sorted([*paths, *photos])
    assert hopeless <= skipped
    assert len(hopeless) > 0.4 * files
    assert all(error.reason for error in prediction.skipped)
    assert not any("crashes" in error.reason for error in prediction.skipped)
    assert np.isfinite(prediction.probabilities).all()
