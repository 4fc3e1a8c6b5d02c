import numpy as np

from training.backbone.augmentation import plain_batches, training_batches


def batches(pixels: np.ndarray, seed: int):
    rows = np.arange(len(pixels))
    return training_batches(
        pixels,
        rows,
        rows,
        batch_size=4,
        crop_size=24,
        smallest_crop=0.5,
        seed=seed,
    )


def test_crops_have_the_size_asked_and_stay_in_range():
    pixels = np.random.default_rng(1).integers(0, 256, (10, 32, 32, 3), np.uint8)

    images = [x.numpy() for x, _ in batches(pixels, seed=1)]

    assert [x.shape for x in images] == [(4, 24, 24, 3)] * 2 + [(2, 24, 24, 3)]
    assert min(x.min() for x in images) >= -1
    assert max(x.max() for x in images) <= 1


def test_every_photo_comes_once_with_its_label_in_a_seeded_order():
    pixels = np.arange(10, dtype=np.uint8)[:, None, None, None] * 25
    pixels = np.broadcast_to(pixels, (10, 32, 32, 3)).copy()

    orders = [
        np.concatenate([labels.numpy() for _, labels in batches(pixels, seed)])
        for seed in (1, 1, 2)
    ]

    assert sorted(orders[0]) == list(range(10))
    assert np.array_equal(orders[0], orders[1])
    assert not np.array_equal(orders[0], orders[2])


def test_plain_batches_are_the_bytes_between_minus_one_and_one():
    pixels = np.random.default_rng(1).integers(0, 256, (5, 8, 8, 3), np.uint8)
    rows = np.array([4, 0])

    ((images, labels),) = plain_batches(pixels, rows, rows, batch_size=8)

    np.testing.assert_allclose((images + 1) * 127.5, pixels[rows], atol=1e-4)
    assert labels.numpy().tolist() == [4, 0]
