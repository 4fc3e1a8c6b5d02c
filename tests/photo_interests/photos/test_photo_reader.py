import multiprocessing
import threading
import time
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image

from photo_interests.bundle.card import CardError, load_card
from photo_interests.models.extractor import Extractor
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import IN_FLIGHT_PER_PROCESS, PhotoReader
from photo_interests.photos.pixels import read_pixels
from tests.photo_interests.drawn import busy, encoded


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
    assert 1 <= max(ahead) <= 2 * IN_FLIGHT_PER_PROCESS


def test_killed_process_loses_no_photo(tiny_bundle, photos):
    outcomes = {}
    for index, outcome in _reader(tiny_bundle).read(photos):
        if not outcomes:
            multiprocessing.active_children()[0].kill()
        assert index not in outcomes
        outcomes[index] = outcome
    assert sorted(outcomes) == list(range(40))
    assert all(isinstance(outcome, np.ndarray) for outcome in outcomes.values())


def test_photo_that_kills_even_alone_is_named(tiny_bundle, photos):
    over = threading.Event()

    def kill_every_reader():
        while not over.is_set():
            for process in multiprocessing.active_children():
                process.kill()
            time.sleep(0.01)

    killer = threading.Thread(target=kill_every_reader)
    killer.start()
    try:
        outcomes = list(_reader(tiny_bundle).read(photos[:4]))
    finally:
        over.set()
        killer.join()
    assert sorted(index for index, _ in outcomes) == [0, 1, 2, 3]
    crashed = [outcome for _, outcome in outcomes if isinstance(outcome, PhotoError)]
    assert crashed
    assert {error.reason for error in crashed} == {"broken: it crashes the decoder"}


def test_wrong_extractor_is_said_once(tiny_bundle, photos):
    card = load_card(tiny_bundle)
    features = card.features.model_copy(update={"scale": 7.0})
    wrong = card.model_copy(update={"features": features})
    with pytest.raises(CardError, match="extractor.tflite: expected"):
        list(PhotoReader(tiny_bundle, wrong, 2, 1).read(photos))


def test_workers_alone_keep_the_memory_of_the_last_photo(tiny_bundle):
    with _reader(tiny_bundle)._pool(1) as pool:
        assert pool.submit(Image.core.get_blocks_max).result() > 0
    assert Image.core.get_blocks_max() == 0
