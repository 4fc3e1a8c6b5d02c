"""Turns, moves and scales a face to where a network expects its features."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 150
POINTS = np.array(
    [[47.55, 46.6], [100.5, 46.6], [74.02, 76.56], [50.41, 103.02], [97.61, 103.02]]
)
"""Across and down of the eyes, the nose and the corners of the mouth, in pixels.

The mean face of dlib (King, 2009) with a quarter of its side around it, as in
training; eyes are the means of their six landmarks.
"""
EYE_DISTANCE = float(np.linalg.norm(POINTS[1] - POINTS[0]))
"""Pixels between the eyes of an aligned face."""
MAXIMUM_SAMPLES = 8
"""Pixels a side that one pixel is averaged from at most."""
Floats = NDArray[np.float64]


def align(image: Image.Image, points: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Cut a face out of a photo, upright and of one size.

    Args:
        image: RGB photo.
        points: Across and down of the five points in its pixels, `(5, 2)`.

    Returns:
        RGB bytes `(150, 150, 3)`; black beyond the photo's edges.

    Raises:
        ValueError: The points are all the same.
    """
    matrix, scale = fit_similarity(points.astype(np.float64), POINTS)
    samples = min(max(1, int(np.ceil(1 / scale))), MAXIMUM_SAMPLES)
    inverse = np.linalg.inv(matrix) @ np.diag([1 / samples, 1 / samples, 1])
    side = SIDE * samples
    face = image.transform(
        (side, side),
        Image.Transform.AFFINE,
        tuple(inverse[:2].ravel()),
        Image.Resampling.BILINEAR,
    )
    return np.asarray(face.reduce(samples) if samples > 1 else face)


def fit_similarity(points: Floats, targets: Floats) -> tuple[Floats, float]:
    """Find rotation, scale and shift by least squares (Umeyama, 1991).

    Args:
        points: `(n, 2)`.
        targets: Where they should be, `(n, 2)`.

    Returns:
        The matrix for homogeneous points, `(3, 3)`, and its scale.

    Raises:
        ValueError: The points are all the same.
    """
    middle, target = points.mean(axis=0), targets.mean(axis=0)
    spread = ((points - middle) ** 2).sum()
    if not spread > 0:
        raise ValueError(f"points: expected different ones, received {points.tolist()}")
    left, sizes, right = np.linalg.svd((targets - target).T @ (points - middle))
    # A mirrored face is no rotation of it.
    signs = np.array([1.0, np.sign(np.linalg.det(left @ right))])
    scale = float((sizes * signs).sum() / spread)
    matrix = np.eye(3)
    matrix[:2, :2] = scale * left @ np.diag(signs) @ right
    matrix[:2, 2] = target - matrix[:2, :2] @ middle
    return matrix, scale
