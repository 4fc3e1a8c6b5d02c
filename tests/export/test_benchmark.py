from export.benchmark import Comparison, compare_latency


def test_more_work_takes_longer(released):
    quantised = released / "extractor.tflite"
    floating = released / "extractor-float.tflite"
    found = compare_latency(quantised, floating, threads=1, runs=15)
    assert found.threads == 1
    assert 0 < found.milliseconds < found.reference_milliseconds
    assert 0 < found.ratio < 1


def test_ratio():
    assert Comparison(2, 3.0, 6.0).ratio == 0.5
