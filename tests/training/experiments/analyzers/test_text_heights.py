import pytest

pytest.importorskip("onnx")
from photo_interests.analysis.rows import Box, TextLine  # noqa: E402
from training.experiments.analyzers.text_heights import share_read_otherwise  # noqa: E402

BOXES = [Box(0, top, 1, 0.1) for top in (0.0, 0.2, 0.4)]


def read(*lines):
    return {
        box: TextLine(text, score, box)
        for box, (text, score) in zip(BOXES, lines, strict=False)
    }


def test_only_sure_lines_count_and_a_missing_one_is_wrong():
    first = [read(("TOTAL", 0.95), ("17.00", 0.99), ("faint", 0.5))]
    assert share_read_otherwise(first, first) == 0
    assert share_read_otherwise(first, [read(("TOTAL", 0.9), ("17.08", 0.9))]) == 0.1
    assert share_read_otherwise(first, [read(("TOTAL", 0.9))]) == 0.5
