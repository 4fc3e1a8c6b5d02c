"""Batches of augmented photos for fine-tuning."""

from collections.abc import Callable

import numpy as np
import tensorflow as tf

from training.backbone.resized import resized
from training.batch_part import Part

SHUFFLE_BUFFER = 16_384
"""More than the photos of a training split: a full shuffle of their row numbers."""


def training_batches(
    pixels: np.ndarray,
    rows: np.ndarray,
    labels: np.ndarray,
    *,
    batch_size: int,
    crop_size: int,
    smallest_crop: float,
    seed: int,
    part: Part | None = None,
    followed: Callable[[np.ndarray], np.ndarray] | None = None,
) -> tf.data.Dataset:
    """Shuffle, crop, mirror and recolour photos.

    Args:
        pixels: uint8 (photos, height, width, 3); may be a memory map.
        rows: Photo indices to train on.
        labels: int32, one for each of `rows`.
        batch_size: Photos in a batch.
        crop_size: Height and width given to the network.
        smallest_crop: Smallest part of the photo's area a crop may keep.
        seed: Of everything random here.
        part: What of each batch is read here, if not all of it.
        followed: An extractor: the crops at the photos' own size, uint8, to features
            float32 (batch, F).

    Returns:
        (float32 (batch, crop_size, crop_size, 3) in [-1, 1], int32 (batch,)), and what
        `part` adds. With `followed` labels are float32 (batch, 1 + F), features last.
    """
    size = crop_size if followed is None else pixels.shape[1]
    crop = tf.random.Generator.from_seed(seed + (part.pipeline if part else 0))
    rows_and_labels = (rows.astype(np.int32), labels.astype(np.int32))
    data = tf.data.Dataset.from_tensor_slices(rows_and_labels)
    data = data.shuffle(SHUFFLE_BUFFER, seed=seed).batch(batch_size)
    if part:
        data = part.of(data)
    data = data.map(_reader(pixels))
    data = data.map(
        lambda images, *y: (_augment(images, size, smallest_crop, crop), *y),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    if followed is not None:
        data = data.map(_show_to(followed, crop_size))
    return data.prefetch(2)


def plain_batches(
    pixels: np.ndarray,
    rows: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    size: int | None = None,
) -> tf.data.Dataset:
    """Give photos as they are, in order, at a size: what the phone will see."""
    size = size or pixels.shape[1]
    rows_and_labels = (rows.astype(np.int32), labels.astype(np.int32))
    data = tf.data.Dataset.from_tensor_slices(rows_and_labels).batch(batch_size)
    data = data.map(_reader(pixels, size))
    return data.map(lambda images, y: (_to_input(images), y)).prefetch(2)


def _reader(pixels: np.ndarray, size: int | None = None):  # type: ignore[no-untyped-def]
    size = size or pixels.shape[1]

    def read(rows: tf.Tensor, *labels: tf.Tensor) -> tuple[tf.Tensor, ...]:
        images = tf.numpy_function(lambda r: resized(pixels[r], size), [rows], tf.uint8)
        images.set_shape((None, size, size, 3))
        return images, *labels

    return read


def _show_to(followed: Callable[[np.ndarray], np.ndarray], size: int):  # type: ignore[no-untyped-def]
    def show(
        images: tf.Tensor, labels: tf.Tensor, *share: tf.Tensor
    ) -> tuple[tf.Tensor, ...]:
        seen = tf.cast(tf.round((images + 1.0) * 127.5), tf.uint8)
        features = tf.numpy_function(followed, [seen], tf.float32)
        labels = tf.concat([tf.cast(labels, tf.float32)[:, None], features], axis=1)
        images = tf.image.resize(images, (size, size), antialias=True)
        return images, labels, *share

    return show


def _to_input(images: tf.Tensor) -> tf.Tensor:
    return tf.cast(images, tf.float32) / 127.5 - 1.0


def _augment(
    images: tf.Tensor, size: int, smallest_crop: float, random: tf.random.Generator
) -> tf.Tensor:
    count = tf.shape(images)[0]
    boxes = _boxes(count, smallest_crop, random)
    images = tf.image.crop_and_resize(
        tf.cast(images, tf.float32), boxes, tf.range(count), (size, size)
    )
    gain = random.uniform((count, 1, 1, 3), 0.9, 1.1)  # white balance
    gain *= random.uniform((count, 1, 1, 1), 0.75, 1.25)  # exposure
    mean = tf.reduce_mean(images, (1, 2, 3), keepdims=True)
    contrast = random.uniform((count, 1, 1, 1), 0.75, 1.25)
    images = ((images - mean) * contrast + mean) * gain
    return tf.clip_by_value(images, 0.0, 255.0) / 127.5 - 1.0


def _boxes(
    count: tf.Tensor, smallest_crop: float, random: tf.random.Generator
) -> tf.Tensor:
    """Boxes (count, 4) of y0, x0, y1, x1 in 0..1; half of them mirrored in x.

    The aspect stays within 3/4..4/3 of the photo's, as in Szegedy et al. (2014).
    """
    area = random.uniform((count,), smallest_crop, 1.0)
    aspect = tf.exp(random.uniform((count,), -0.2877, 0.2877))  # log(4/3) = 0.2877
    height = tf.minimum(1.0, tf.sqrt(area * aspect))
    width = tf.minimum(1.0, tf.sqrt(area / aspect))
    top = random.uniform((count,)) * (1.0 - height)
    left = random.uniform((count,)) * (1.0 - width)
    right = left + width
    mirrored = random.uniform((count,)) < 0.5
    x0, x1 = tf.where(mirrored, right, left), tf.where(mirrored, left, right)
    return tf.stack([top, x0, top + height, x1], axis=1)
