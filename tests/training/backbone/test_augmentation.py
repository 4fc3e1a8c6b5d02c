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
        min_crop_area=0.5,
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


def test_a_teacher_extractor_reads_the_same_crops_at_full_size():
    random = np.random.default_rng(1)
    pixels = np.kron(random.integers(0, 256, (6, 4, 4, 3)), np.ones((1, 8, 8, 1)))
    pixels, rows = pixels.astype(np.uint8), np.arange(6)

    def mean_colour(photos: np.ndarray) -> np.ndarray:
        assert photos.shape[1:] == (32, 32, 3) and photos.dtype == np.uint8
        return photos.mean(axis=(1, 2), dtype=np.float32)

    data = training_batches(
        pixels, rows, rows, batch_size=4, crop_size=16, min_crop_area=0.5, seed=1,
        teacher=mean_colour,
    )  # fmt: skip

    found = [(x.numpy(), y.numpy()) for x, y in data]
    assert [(x.shape, y.shape) for x, y in found] == [
        ((4, 16, 16, 3), (4, 4)), ((2, 16, 16, 3), (2, 4))
    ]  # fmt: skip
    assert sorted(label for _, y in found for label in y[:, 0]) == list(range(6))
    for x, y in found:
        np.testing.assert_allclose((x.mean(axis=(1, 2)) + 1) * 127.5, y[:, 1:], atol=6)


def test_plain_batches_are_resized_as_photo_files_are():
    pixels = np.zeros((1, 32, 32, 3), np.uint8)
    pixels[:, ::2] = 255  # stripes that sampling would keep

    ((images, _),) = plain_batches(pixels, np.zeros(1, int), np.zeros(1, int), 1, 16)

    assert images.shape == (1, 16, 16, 3)
    np.testing.assert_allclose(images[:, 4:-4], 0, atol=0.02)


def test_a_seed_gives_the_same_crops_in_every_pass():
    pixels = np.random.default_rng(1).integers(0, 256, (200, 32, 32, 3), np.uint8)

    passes = [
        np.concatenate([images.numpy() for images, _ in batches(pixels, seed)])
        for seed in (1, 1, 1, 2)
    ]

    for again in passes[1:3]:
        np.testing.assert_array_equal(again, passes[0])
    assert not np.array_equal(passes[3], passes[0])
