"""Names beside the dots of a drawing, apart from each other."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

SIZE = 9
DOT = 8
"""Half the side of the square that is kept free around each dot, in points."""
OFFSETS = [
    (side * x, y)
    for x in (8, 40)
    for y in (11, -18, 25, -32, 40, -48, 56)
    for side in (-1, 1)
]
"""Points left or right of a dot, above or below: the first that is free is taken."""
LINE = {"arrowstyle": "-", "color": "#555555", "linewidth": 0.6, "shrinkA": 1}


def label_points(axes: Axes, points: Mapping[str, tuple[float, float]]) -> None:
    """Write each name where neither name nor dot stands yet, with a line to its point.

    Args:
        axes: Whose limits and layout change no more.
        points: x and y in data coordinates, by name.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    radius = DOT * figure.dpi / 72
    taken = [
        Bbox([(x - radius, y - radius), (x + radius, y + radius)])
        for x, y in axes.transData.transform(list(points.values()))
    ]
    for name, point in sorted(points.items(), key=lambda one: one[1]):
        for x, y in OFFSETS:
            label = axes.annotate(
                name, point, (x, y), textcoords="offset points", fontsize=SIZE,
                ha="right" if x < 0 else "left",
            )  # fmt: skip
            box = label.get_window_extent()
            if not any(box.overlaps(other) for other in taken):
                break
            # Where nothing is free the last place has to do.
            if (x, y) != OFFSETS[-1]:
                label.remove()
        taken.append(box)
        axes.annotate(
            "", point, (x, y + SIZE / 3), textcoords="offset points", arrowprops=LINE
        )
