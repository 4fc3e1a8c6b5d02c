import numpy as np

from training.photos.pixels import resize


def test_photos_are_averaged_not_sampled() -> None:
    photos = np.zeros((2, 64, 64, 3), np.uint8)
    photos[0, ::2] = 255  # stripes that sampling would keep
    small = resize(photos, 32)
    assert small.shape == (2, 32, 32, 3)
    assert abs(float(small[0, 8:-8].mean()) - 127.5) < 2
    assert resize(photos, 64) is photos
    assert resize(photos[:0], 32).shape == (0, 32, 32, 3)
