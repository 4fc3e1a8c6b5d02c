import numpy as np
import pytest

from training.metrics.photo_accuracy import cosine_agreement, top1_by_source


def test_accuracy_by_source_with_paired_difference() -> None:
    truth = np.arange(200) % 5
    sources = np.where(np.arange(200) < 100, "caltech", "clothing")
    exact, close = truth.copy(), truth.copy()
    exact[:10] += 1  # 90 % on caltech
    close[:12] += 1  # 88 %: two more wrong
    table = top1_by_source(truth, {"float": exact, "int8": close}, sources)
    assert list(table) == ["caltech", "clothing", "all"]
    assert table["caltech"]["photos"] == 100
    assert table["caltech"]["top1"]["float"]["value"] == pytest.approx(0.90)
    assert table["caltech"]["top1"]["int8"]["value"] == pytest.approx(0.88)
    assert table["all"]["difference"]["int8"]["value"] == pytest.approx(-0.01)
    difference = table["caltech"]["difference"]["int8"]
    assert -0.06 < difference["low"] < -0.02 < difference["high"] <= 0
    assert table["clothing"]["difference"]["int8"] == {"value": 0, "low": 0, "high": 0}


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match=r"received \[2, 2, 2, 1\]"):
        top1_by_source(
            np.zeros(2), {"float": np.zeros(2), "int8": np.zeros(1)}, np.zeros(2)
        )
    with pytest.raises(ValueError, match=r"received \[2, 2\]"):
        top1_by_source(np.zeros(2), {}, np.zeros(2))


def test_cosine_by_hand() -> None:
    first = np.array([[1, 0], [2, 2]], np.uint8)
    agreement = cosine_agreement(first, np.array([[1.0, 1.0], [1.0, 1.0]]))
    assert agreement["minimum"] == pytest.approx(2**-0.5)
    assert agreement["mean"] == pytest.approx((1 + 2**-0.5) / 2)
