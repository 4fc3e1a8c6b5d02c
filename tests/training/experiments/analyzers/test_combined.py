import numpy as np

from training.experiments.analyzers.combined import _cross_validated, _weakly


def test_detector_and_classifier_agree_a_little():
    found = np.array([True, False, False, False, False])
    likely = np.array([0.0, 0.3, 0.12, 0.12, 0.05])
    seen = np.array([0.5, 0.0, 0.2, 0.1, 0.9])
    either = _weakly(found, likely, seen, sure=0.25, weak=0.1, box=0.15)
    assert either.tolist() == [True, True, True, False, False]


def test_rule_of_a_set_is_chosen_on_the_others():
    sources = np.repeat(["a", "b"], 100)
    shown = np.tile([True, False], 100)
    careful = shown & (np.arange(200) % 4 == 0)
    finds_all = shown.copy()
    finds_all[1:100:2] = True  # false alarms on set a: chosen for a alone
    chosen = _cross_validated([careful, finds_all], shown, sources)
    assert chosen[:100].tolist() == finds_all[:100].tolist()
    assert chosen[100:].tolist() == careful[100:].tolist()
