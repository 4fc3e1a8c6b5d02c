import numpy as np
import pytest
from PIL import Image, ImageDraw

from photo_interests.analysis.identity.alignment import (
    POINTS,
    SIDE,
    align,
    fit_similarity,
)


def turned(points, degrees, scale, shift):
    angle = np.deg2rad(degrees)
    rotation = np.array(
        [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    )
    return scale * points @ rotation.T + shift


@pytest.mark.parametrize(
    ("degrees", "scale", "shift"), [(0, 1, 0), (30, 2.5, 40), (-120, 0.4, 200)]
)
def test_a_similarity_is_found(degrees, scale, shift):
    matrix, found = fit_similarity(turned(POINTS, degrees, scale, shift), POINTS)
    assert found == pytest.approx(1 / scale)
    points = np.column_stack([turned(POINTS, degrees, scale, shift), np.ones(5)])
    assert (matrix @ points.T)[:2].T == pytest.approx(POINTS, abs=1e-6)


def test_a_mirrored_face_is_not_mirrored_back():
    mirrored = POINTS * [-1, 1]
    matrix, _ = fit_similarity(mirrored, POINTS)
    assert np.linalg.det(matrix[:2, :2]) > 0


def test_five_equal_points_are_refused():
    with pytest.raises(ValueError, match="points: expected different ones"):
        fit_similarity(np.ones((5, 2)), POINTS)


@pytest.mark.parametrize(("degrees", "scale"), [(0, 1.0), (20, 4.0), (200, 0.7)])
def test_features_come_to_their_places(degrees, scale):
    points = turned(POINTS - SIDE / 2, degrees, scale, 400.0)
    image = Image.new("RGB", (800, 800), (200, 200, 200))
    draw = ImageDraw.Draw(image)
    colors = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255)]
    for (x, y), color in zip(points, colors, strict=True):
        draw.circle((x, y), 6 * scale, fill=color)
    face = align(image, points)
    assert face.shape == (SIDE, SIDE, 3) and face.dtype == np.uint8
    for (x, y), color in zip(POINTS.round().astype(int), colors, strict=True):
        assert face[y, x] == pytest.approx(np.array(color), abs=12)
