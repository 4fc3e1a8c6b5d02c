import pytest

from export.benchmark import Comparison, compare_latency


def test_each_file_is_timed_on_its_own(released):
    quantised = released / "extractor.tflite"
    floating = released / "extractor-float.tflite"
    found = compare_latency(quantised, floating, threads=1, runs=2)
    assert found.threads == 1
    assert found.milliseconds > 0 and found.reference_milliseconds > 0
    assert found.milliseconds != found.reference_milliseconds


def test_a_missing_file_is_named(released, tmp_path):
    with pytest.raises(ValueError, match="lost.tflite"):
        compare_latency(released / "extractor.tflite", tmp_path / "lost.tflite", 1, 1)


def test_ratio():
    assert Comparison(2, 3.0, 6.0).ratio == 0.5
