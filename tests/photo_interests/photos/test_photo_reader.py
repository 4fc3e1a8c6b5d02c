import io
import multiprocessing
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from photo_interests.bundle.card import CardError, load_card
from photo_interests.models.extractor import Extractor
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.photos.photo_worker import Still, Task, prepare, read_file
from photo_interests.photos.pixels import read_pixels, resize
from photo_interests.photos.worker_pool import ITEMS_PER_WORKER, WorkerPool
from photo_interests.videos import frames
from photo_interests.videos.frames import read_video
from tests.photo_interests.drawn import busy, encoded, repeated_scans
from tests.photo_interests.photos.worker_functions import work


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    paths = []
    for index in range(40):
        paths.append(folder / f"{index}.jpg")
        paths[-1].write_bytes(encoded(busy(80, 60, seed=index), "JPEG"))
    return paths


def _reader(bundle, processes=2):
    return PhotoReader(bundle, load_card(bundle), processes, threads=1)


def test_equals_reading_one_by_one(tiny_bundle, photos):
    extractor = Extractor(tiny_bundle)
    outcomes = dict(_reader(tiny_bundle).read(photos))
    assert sorted(outcomes) == list(range(40))
    for index, path in enumerate(photos):
        expected = extractor(read_pixels(path)[None])[0]
        np.testing.assert_array_equal(outcomes[index], expected)


def test_no_photos_start_nothing(tiny_bundle):
    assert list(_reader(tiny_bundle).read([])) == []
    assert multiprocessing.active_children() == []


def test_error_comes_with_its_file(tiny_bundle, photos, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(photos[0].read_bytes()[:200])
    outcomes = dict(_reader(tiny_bundle).read([photos[0], broken, photos[1]]))
    assert isinstance(outcomes[1], PhotoError)
    assert outcomes[1].path == broken
    assert "broken" in outcomes[1].reason
    assert isinstance(outcomes[0], np.ndarray) and isinstance(outcomes[2], np.ndarray)


class _Watched(Sequence):
    """Notes how far ahead of the answers its items are taken."""

    def __init__(self, items):
        self.items, self.taken = items, 0

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        self.taken = max(self.taken, index + 1)
        return self.items[index]


def test_few_photos_are_in_flight(tiny_bundle, photos):
    watched = _Watched(photos)
    ahead = [
        watched.taken - done
        for done, _ in enumerate(_reader(tiny_bundle).read(watched))
    ]
    assert 1 <= max(ahead) <= 2 * ITEMS_PER_WORKER


def test_killed_process_loses_no_photo(tiny_bundle, photos):
    outcomes = {}
    for index, outcome in _reader(tiny_bundle).read(photos):
        if not outcomes:
            multiprocessing.active_children()[0].kill()
        assert index not in outcomes
        outcomes[index] = outcome
    assert sorted(outcomes) == list(range(40))
    assert all(isinstance(outcome, np.ndarray) for outcome in outcomes.values())


def test_a_slow_photo_is_named_and_the_others_are_read(tiny_bundle, photos, tmp_path):
    slow = tmp_path / "scans.jpg"
    slow.write_bytes(repeated_scans(times=4000))
    reader = replace(_reader(tiny_bundle), limit_s=3.0)
    outcomes = dict(reader.read([slow, *photos]))
    assert outcomes[0].reason == "too slow: not decoded within 3 seconds"
    assert all(isinstance(outcomes[n], np.ndarray) for n in range(1, 41))


def test_pictures_that_show_nothing_are_named(tiny_bundle, tmp_path):
    sizes = {"pixel": (1, 1), "strip": (3000, 4), "blue": (500, 400)}
    paths = [tmp_path / f"{name}.png" for name in sizes]
    for path, size in zip(paths, sizes.values(), strict=True):
        Image.new("RGB", size, (10, 20, 200)).save(path)
    reasons = dict(_reader(tiny_bundle).read(paths))
    assert "nothing to see: 1 x 1 pixels" in reasons[0].reason
    assert "nothing to see: 3000 x 4 pixels" in reasons[1].reason
    assert reasons[2].reason == "nothing to see: all of one colour"


def test_features_and_thumbnail_of_one_decoding(tiny_bundle, photos):
    reader = _reader(tiny_bundle)
    both = dict(reader.read_photos(photos[:3], (64, 48)))
    alone = dict(reader.read(photos[:3]))
    small = dict(reader.thumbnails([*map(Still, photos[:3])], (64, 48)))
    for index in range(3):
        np.testing.assert_array_equal(both[index].features, alone[index])
        assert both[index].thumbnail == small[index].thumbnail
        picture = Image.open(io.BytesIO(both[index].thumbnail))
        assert (picture.size, picture.format) == ((64, 48), "WEBP")
        assert small[index].features.size == 0


@pytest.fixture(scope="module")
def video(tmp_path_factory):
    """Black, as after a fade, then two pictures."""
    pytest.importorskip("av")
    from tests.photo_interests.videos.drawn_videos import write_video

    path = tmp_path_factory.mktemp("video") / "a.mp4"
    scenes = [Image.new("RGB", (160, 120)), busy(160, 120, 1), busy(160, 120, 2)]
    return write_video(path, [(scene, 2) for scene in scenes], "2024-08-09T12:30:00Z")


def test_features_of_the_frames_of_a_video(tiny_bundle, photos, video):
    outcomes = dict(_reader(tiny_bundle).read_files([photos[0], video]))
    assert outcomes[0].features.shape == (1024,)
    read = outcomes[1]
    assert read.seconds == (2.0, 4.0)  # a frame of one colour shows nothing
    assert read.taken.timestamp() == 1723206600
    extractor, rule = Extractor(tiny_bundle), load_card(tiny_bundle).input
    shown = [resize(frame.image, rule) for frame in read_video(video).frames[1:]]
    expected = np.concatenate([extractor(frame[None]) for frame in shown])
    assert read.features.dtype == np.uint8
    np.testing.assert_array_equal(read.features, expected)


def test_videos_that_cannot_be_read_are_named(tiny_bundle, photos, tmp_path):
    from tests.photo_interests.videos.drawn_videos import write_video

    black = [(Image.new("RGB", (160, 120)), 2)]
    blank = write_video(tmp_path / "blank.mp4", black)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"broken")
    outcomes = dict(_reader(tiny_bundle).read_files([blank, broken, photos[0]]))
    assert outcomes[0].reason == "nothing to see: all of one colour"
    assert outcomes[1].reason.startswith("broken video")
    assert outcomes[2].features.shape == (1024,)


def test_a_video_is_no_photo_of_a_product(tiny_bundle, video):
    ((_, outcome),) = _reader(tiny_bundle).read_photos([video])
    assert outcome.reason == "not a photo, or of a kind that is not read"


def test_a_thumbnail_of_a_frame(tiny_bundle, video):
    stills = [Still(video, 2.0), Still(video, 4.0)]
    found = dict(_reader(tiny_bundle).thumbnails(stills, (80, 60)))
    for index, seed in enumerate((1, 2)):
        shown = Image.open(io.BytesIO(found[index].thumbnail)).convert("RGB")
        expected = busy(160, 120, seed).resize((80, 60))
        difference = np.asarray(shown, int) - np.asarray(expected, int)
        assert np.abs(difference).mean() < 15


def test_without_its_decoder_a_video_is_named(monkeypatch, video):
    monkeypatch.setattr(frames, "find_spec", lambda name: None)
    outcome = read_file(Task(Still(video), extract=True, thumbnail=None, videos=True))
    assert outcome.reason == "a video: install the extra `vision` to read videos"


def test_wrong_extractor_is_said_once(tiny_bundle, photos):
    card = load_card(tiny_bundle)
    features = card.features.model_copy(update={"scale": 7.0})
    wrong = card.model_copy(update={"features": features})
    with pytest.raises(CardError, match="extractor.tflite: expected"):
        list(PhotoReader(tiny_bundle, wrong, 2, 1).read(photos))


def test_workers_alone_keep_the_memory_of_the_last_photo(tiny_bundle):
    arguments = (tiny_bundle, load_card(tiny_bundle), 1)
    pool = WorkerPool(1, work, prepare, arguments, 1000.0)
    ((_, blocks),) = pool.map([("blocks", 0)])
    assert blocks > 0
    assert Image.core.get_blocks_max() == 0
