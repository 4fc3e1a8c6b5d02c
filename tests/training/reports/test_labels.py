"""Names of dots that lie close together can all be read."""

import itertools

from matplotlib.figure import Figure

from training.reports.labels import label_points


def test_no_name_lies_over_another() -> None:
    axes = Figure(figsize=(8, 5), layout="constrained").subplots()
    points = {
        f"network_{number}": (0.5 + number / 100, 0.8 + number % 3 / 1000)
        for number in range(8)
    }
    axes.scatter(*zip(*points.values(), strict=True))
    axes.set_ylim(0.7, 0.9)
    label_points(axes, points)
    labels = [one for one in axes.texts if one.get_text()]
    assert sorted(label.get_text() for label in labels) == sorted(points)
    boxes = [label.get_window_extent() for label in labels]
    assert not any(one.overlaps(two) for one, two in itertools.combinations(boxes, 2))
