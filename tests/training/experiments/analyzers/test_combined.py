import numpy as np

from training.experiments.analyzers.combined import _weakly


def test_detector_and_classifier_agree_a_little():
    found = np.array([True, False, False, False, False])
    likely = np.array([0.0, 0.3, 0.12, 0.12, 0.05])
    seen = np.array([0.5, 0.0, 0.2, 0.1, 0.9])
    either = _weakly(found, likely, seen, sure=0.25, weak=0.1, box=0.15)
    assert either.tolist() == [True, True, True, False, False]
