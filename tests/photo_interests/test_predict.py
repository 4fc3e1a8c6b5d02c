import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from photo_interests.bundle.card import load_card
from photo_interests.photos.find import find_photos
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.predict import NoPhotosError, predict_found, predict_photos
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


@pytest.fixture(scope="module")
def video(tmp_path_factory):
    pytest.importorskip("av")
    from tests.photo_interests.videos.drawn_videos import write_video

    path = tmp_path_factory.mktemp("video") / "0.mp4"
    return write_video(path, [(busy(90, 70, seed=seed), 2) for seed in (20, 21, 22)])


@pytest.mark.parametrize("bundle", ["tiny_bundle", "tiny_bundle_2"])
def test_a_video_is_one_file_and_a_row_for_each_frame(request, bundle, photos, video):
    folder = request.getfixturevalue(bundle)
    reader = PhotoReader(folder, load_card(folder), processes=2, threads=1)
    files = [photos[0], video, photos[1]]
    prediction = predict_photos(files, reader)
    assert prediction.photos == tuple(files) and len(prediction.taken) == 3
    assert prediction.videos == 1
    assert prediction.frames == ((), (0.0, 2.0, 4.0), ())
    assert [still.path for still in prediction.stills] == [
        files[n] for n in (0, 1, 1, 1, 2)
    ]
    assert prediction.features.shape == (5, 1024)
    np.testing.assert_allclose(prediction.contributions.sum(axis=0), 1, rtol=1e-5)
    if prediction.repetition is None:  # format 1, which has no events
        assert prediction.weights.tolist() == [1] * 5
    else:
        assert prediction.weights.sum() == pytest.approx(3)
        assert prediction.weights[1:4].tolist() == pytest.approx([1 / 3] * 3)
        events = prediction.weights @ prediction.photo_probabilities
        np.testing.assert_allclose(prediction.repetition.events, events, rtol=1e-4)
    for interest in prediction.interests(threshold=0, photos=9):
        listed = [photo.path for photo in interest.photos]
        assert len(set(listed)) == len(listed)
        assert len(listed) + interest.other_photos == 3
        total = sum(photo.share for photo in interest.photos) + interest.other_share
        assert total == pytest.approx(1, abs=1e-4)


KINDS_OF_FILES = ("photo", "video", "half a video", "text", "empty video", "hidden")


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kinds=st.lists(st.sampled_from(KINDS_OF_FILES), min_size=1, max_size=9))
def test_all_files_are_read_skipped_or_excluded(
    reader, photos, video, tmp_path_factory, kinds
):
    folder = tmp_path_factory.mktemp("kinds")
    whole = video.read_bytes()
    contents = {
        "photo": ("jpg", photos[0].read_bytes()),
        "video": ("mp4", whole),
        "half a video": ("mp4", whole[: len(whole) // 2]),
        "text": ("txt", b"no photo"),
        "empty video": ("mov", b""),
        "hidden": ("jpg", photos[0].read_bytes()),
    }
    for number, kind in enumerate(kinds):
        suffix, content = contents[kind]
        start = "." if kind == "hidden" else ""
        (folder / f"{start}{number}.{suffix}").write_bytes(content)
    found = find_photos([folder])
    good = sum(kind in ("photo", "video") for kind in kinds)
    hidden = kinds.count("hidden")
    try:
        prediction = predict_found(found, reader)
    except NoPhotosError as error:
        assert good == 0 and len(error.skipped) == len(kinds) - hidden
        return
    assert len(prediction.photos) == good
    assert prediction.videos == kinds.count("video")
    assert len(prediction.skipped) == len(kinds) - hidden - good
    assert sum(prediction.excluded.values()) == hidden
    read = {*prediction.photos, *(error.path for error in prediction.skipped)}
    assert read == set(found.files)


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
