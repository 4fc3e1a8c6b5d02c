import numpy as np
import pytest
from PIL import Image, ImageDraw

from photo_interests.analysis.text.line_finder import find_lines


def drawn(*polygons, side=200):
    image = Image.new("L", (side, side))
    for polygon in polygons:
        ImageDraw.Draw(image).polygon(polygon, fill=255)
    return np.asarray(image, np.float32) / 255


def turned(middle, length, height, degrees):
    angle = np.radians(degrees)
    right = np.array([np.cos(angle), np.sin(angle)])
    down = np.array([-np.sin(angle), np.cos(angle)])
    return [
        tuple(np.array(middle) + x * length / 2 * right + y * height / 2 * down)
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]


def test_nothing_on_an_empty_map():
    assert find_lines(np.zeros((50, 60), np.float32), 0.3, 0.6) == []


@pytest.mark.parametrize("degrees", [0, 7, -20, 40])
def test_a_turned_line_is_found_and_enlarged(degrees):
    (line,) = find_lines(drawn(turned((100, 90), 120, 16, degrees)), 0.3, 0.6)
    assert line.middle == pytest.approx((100, 90), abs=1.5)
    more = 120 * 16 * 1.6 / (2 * (120 + 16))
    assert np.linalg.norm(line.along) == pytest.approx(60 + more, abs=3)
    assert np.linalg.norm(line.across) == pytest.approx(8 + more, abs=3)
    found = np.degrees(np.arctan2(line.along[1], line.along[0]))
    assert found == pytest.approx(degrees, abs=2)


def test_lines_one_above_the_other_stay_apart_and_are_in_order():
    lines = [turned((100, y), 100, 8, 0) for y in (150, 50, 100)]
    found = find_lines(drawn(*lines), 0.3, 0.6)
    assert [round(float(line.middle[1])) for line in found] == [50, 100, 150]


def test_a_line_of_concave_shape_is_one():
    polygon = [(20, 20), (180, 20), (180, 60), (150, 60), (150, 30), (50, 30), (50, 60),
               (20, 60)]  # fmt: skip
    assert len(find_lines(drawn(polygon), 0.3, 0.6)) == 1


def test_a_vertical_line_runs_upwards():
    (line,) = find_lines(drawn(turned((100, 100), 12, 120, 0)), 0.3, 0.6)
    assert line.along[1] < 0 and abs(line.along[0]) < 1
    assert line.across[0] > 0


def test_what_is_faint_or_tiny_is_no_line():
    assert find_lines(drawn(turned((50, 50), 60, 10, 0)) * 0.5, 0.3, 0.6) == []
    assert find_lines(drawn([(10, 10), (11, 10), (11, 11), (10, 11)]), 0.3, 0.6) == []
