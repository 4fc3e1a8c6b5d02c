"""Batches of augmented photos for fine-tuning."""

from collections.abc import Callable

import tensorflow as tf

from training.arrays import Bytes, Floats, Integers, Tensor
from training.distribution import Shard
from training.photos.pixels import resize

SHUFFLE_BUFFER = 16_384
"""More than the photos of a training split: a full shuffle of their row numbers."""


def training_batches(
    pixels: Bytes,
    rows: Integers,
    labels: Integers,
    *,
    batch_size: int,
    crop_size: int,
    min_crop_area: float,
    seed: int,
    shard: Shard | None = None,
    teacher: Callable[[Bytes], Floats] | None = None,
) -> tf.data.Dataset:
    """Shuffle, crop, mirror and recolour photos.

    Args:
        pixels: uint8 (photos, height, width, 3); may be a memory map.
        rows: Photo indices to train on, int (n,).
        labels: int (n,), one for each of `rows`.
        batch_size: Photos in a batch.
        crop_size: Height and width given to the network, in pixels.
        min_crop_area: Smallest share of the photo's area that a crop keeps.
        seed: Seed of shuffling and augmentation.
        shard: What this process takes of each batch, if not all of it.
        teacher: An extractor of the crops at the photos' own size, uint8 (batch,
            height, width, 3), to features float32 (batch, F).

    Returns:
        Batches of float32 (batch, crop_size, crop_size, 3) in [-1, 1] and int32
        (batch,), and what `shard` adds. With `teacher`, targets are float32
        (batch, 1 + F): label, then features.
    """
    size = crop_size if teacher is None else pixels.shape[1]
    random = tf.random.Generator.from_seed(seed + (shard.pipeline if shard else 0))
    rows_and_labels = (rows.astype("int32"), labels.astype("int32"))
    data = tf.data.Dataset.from_tensor_slices(rows_and_labels)
    data = data.shuffle(SHUFFLE_BUFFER, seed=seed).batch(batch_size)
    if shard:
        data = shard.of(data)
    data = data.map(_reader(pixels))
    # One after the other: in parallel, batches take turns in drawing at random, and
    # each run gives them other draws.
    data = data.map(
        lambda images, *y: (_augment(images, size, min_crop_area, random), *y)
    )
    if teacher is not None:
        data = data.map(_with_teacher_features(teacher, crop_size))
    return data.prefetch(2)


def plain_batches(
    pixels: Bytes,
    rows: Integers,
    labels: Integers,
    batch_size: int,
    size: int | None = None,
) -> tf.data.Dataset:
    """Give whole photos in order.

    Args:
        pixels: uint8 (photos, height, width, 3); may be a memory map.
        rows: Photo indices, int (n,).
        labels: int (n,), one for each of `rows`.
        batch_size: Photos in a batch.
        size: Height and width to resize to, in pixels; None for the packed size.

    Returns:
        Batches of float32 (batch, size, size, 3) in [-1, 1] and int32 (batch,).
    """
    rows_and_labels = (rows.astype("int32"), labels.astype("int32"))
    data = tf.data.Dataset.from_tensor_slices(rows_and_labels).batch(batch_size)
    data = data.map(_reader(pixels, size))
    return data.map(lambda images, y: (_to_input(images), y)).prefetch(2)


def _reader(
    pixels: Bytes, size: int | None = None
) -> Callable[..., tuple[Tensor, ...]]:
    size = size or pixels.shape[1]

    def read(rows: Tensor, *labels: Tensor) -> tuple[Tensor, ...]:
        images = tf.numpy_function(lambda r: resize(pixels[r], size), [rows], tf.uint8)
        images.set_shape((None, size, size, 3))
        return images, *labels

    return read


def _with_teacher_features(
    teacher: Callable[[Bytes], Floats], size: int
) -> Callable[..., tuple[Tensor, ...]]:
    def add(images: Tensor, labels: Tensor, *share: Tensor) -> tuple[Tensor, ...]:
        crops = tf.cast(tf.round((images + 1.0) * 127.5), tf.uint8)
        features = tf.numpy_function(teacher, [crops], tf.float32)
        targets = tf.concat([tf.cast(labels, tf.float32)[:, None], features], axis=1)
        images = tf.image.resize(images, (size, size), antialias=True)
        return images, targets, *share

    return add


def _to_input(images: Tensor) -> Tensor:
    return tf.cast(images, tf.float32) / 127.5 - 1.0


def _augment(
    images: Tensor, size: int, min_crop_area: float, random: tf.random.Generator
) -> Tensor:
    count = tf.shape(images)[0]
    boxes = _boxes(count, min_crop_area, random)
    images = tf.image.crop_and_resize(
        tf.cast(images, tf.float32), boxes, tf.range(count), (size, size)
    )
    gain = random.uniform((count, 1, 1, 3), 0.9, 1.1)  # white balance
    gain *= random.uniform((count, 1, 1, 1), 0.75, 1.25)  # exposure
    mean = tf.reduce_mean(images, (1, 2, 3), keepdims=True)
    contrast = random.uniform((count, 1, 1, 1), 0.75, 1.25)
    images = ((images - mean) * contrast + mean) * gain
    return tf.clip_by_value(images, 0.0, 255.0) / 127.5 - 1.0


def _boxes(count: Tensor, min_crop_area: float, random: tf.random.Generator) -> Tensor:
    """Boxes (count, 4) of y0, x0, y1, x1 in 0..1; half of them mirrored in x.

    The aspect stays within 3/4..4/3 of the photo's, as in Szegedy et al. (2014).
    """
    area = random.uniform((count,), min_crop_area, 1.0)
    aspect = tf.exp(random.uniform((count,), -0.2877, 0.2877))  # log(4/3) = 0.2877
    height = tf.minimum(1.0, tf.sqrt(area * aspect))
    width = tf.minimum(1.0, tf.sqrt(area / aspect))
    top = random.uniform((count,)) * (1.0 - height)
    left = random.uniform((count,)) * (1.0 - width)
    right = left + width
    mirrored = random.uniform((count,)) < 0.5
    x0, x1 = tf.where(mirrored, right, left), tf.where(mirrored, left, right)
    return tf.stack([top, x0, top + height, x1], axis=1)
