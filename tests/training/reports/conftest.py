import copy
from typing import Any

import numpy as np
import pytest

from training.metrics.evaluate import Predictions, map_difference, measure
from training.metrics.photo_accuracy import top1_by_source
from training.reports.measurement import Measurement
from training.vocabulary.measure import compared as compared_bundles


@pytest.fixture(scope="session")
def compared() -> dict[str, Any]:
    """What `compare` returns, for three made-up aggregators of falling noise."""
    random = np.random.default_rng(0)
    sizes = {"users": 60, "gallery-100": 20, "gallery-500": 20, "contributors": 15}
    truths = {w: random.random((n, 30)) < 0.15 for w, n in sizes.items()}
    truths["interest-free-unseen"] = np.zeros((10, 30), bool)
    answers: dict[str, Any] = {}
    for name, noise in (("average", 0.5), ("attention_2", 0.3), ("photo_evidence", 0)):
        answers[name] = {
            w: (t, np.clip(0.2 + 0.6 * t + noise * random.normal(size=t.shape), 0, 1))
            for w, t in truths.items()
        }
    others = ("attention_2", "photo_evidence")
    return {
        "split": "test",
        "reference": "average",
        "aggregators": {
            name: {"parameters": 1000 * (i + 1), "worlds": measure(answers[name])}
            for i, name in enumerate(answers)
        },
        "map_differences": {
            name: map_difference(answers[name], answers["average"]) for name in others
        },
    }


def answers_of_bundles() -> list[Predictions]:
    """Predictions of two made-up bundles to the same users."""
    random = np.random.default_rng(1)
    truth = random.random((20, 30)) < 0.15
    return [{"users": (truth, random.random(truth.shape))} for _ in range(2)]


@pytest.fixture
def measurements(compared: dict[str, Any]) -> dict[str, Measurement]:
    """One measurement of every kind."""
    truth = np.arange(100) % 7
    predictions = {
        "float": truth,
        "int8": np.where(truth == 3, 0, truth),
        "frozen": np.where(truth > 3, 0, truth),
    }
    sources = np.where(np.arange(100) < 50, "caltech", "clothing")
    statistics = {
        "users": 60, "mean_photos": 8.7, "minimum_photos": 5, "most_photos": 40,
        "mean_interests": 4.2, "none_share": 0.25, "repeated_share": 0.0,
        "most_popular": 0.3,
    }  # fmt: skip
    one = {"value": 0.5, "low": 0.4, "high": 0.6}
    metrics = dict.fromkeys(
        ("map", "false_interests", "micro_f1", "calibration_error"), one
    )
    case = {"photo_evidence": metrics, "average": metrics}
    trial = {
        **dict.fromkeys(("universal_map", "adapted_map", "gain"), one),
        **dict.fromkeys(("universal_false", "adapted_false"), one),
        "users": 50,
        "helps": True,
    }
    values: dict[str, dict[str, Any]] = {
        "robustness": {
            "photos": {"1": case, "64": case},
            "none_share": {"0%": case, "100%": {"photo_evidence": {}, "average": {}}},
            "altered": {"as they are": case},
            "drawn": {"drawn kinds": case},
            "drawn_kinds": {"chat": {"photo_evidence": 0.0, "average": 3.0}},
        },
        "adapter": dict.fromkeys(
            (
                "same photos",
                "other photos",
                "another population",
                "contributors",
                "interests of others",
            ),
            trial,
        ),
        "users": {
            "sets": {w: {"test": statistics} for w in ("users", "contributors")}
        },
        "extractor-accuracy": {
            "sources": top1_by_source(truth, predictions, sources),
            "cosine": {"mean": 0.994, "minimum": 0.984},
        },
        "extractor-latency": {
            "comparisons": [
                {
                    "threads": 2,
                    "milliseconds": 4.1,
                    "reference_milliseconds": 9.5,
                    "ratio": 0.43,
                }
            ]
        },
        "aggregators": copy.deepcopy(compared),
        "other-worlds": {
            "map": {
                "average": {
                    "1": {"value": 0.8, "low": 0.79, "high": 0.81},
                    "2": {"value": 0.7, "low": 0.69, "high": 0.71},
                }
            }
        },
        "future": {
            "worlds": {
                "seed 1": {
                    "users": 40,
                    "left_out": 2,
                    "with_new": 30,
                    "models": {
                        "popularity": {
                            kind: {
                                "map": {"value": 0.19, "low": 0.18, "high": 0.2},
                                "above_ridge": {
                                    "value": 0.01, "low": -0.01, "high": 0.03,
                                },
                                "setting": "",
                            }
                            for kind in ("all", "new")
                        }
                    },
                }
            }
        },
        "vocabulary": {
            "backbone": "backbone_vocabulary", "hidden": 160, "student": {"copies": 4},
            "catalogue": {
                "categories": 1105, "labelled": 178, "areas": 22, "taught": 1000,
                "taught_that_are_labelled": 58, "taught_that_are_joined": 15,
            },
            "agreement": {
                "caltech": {"photos": 50, "value": 0.87, "low": 0.85, "high": 0.89}
            },
            "first": "everyday-178 1.0.0",
            **compared_bundles(*answers_of_bundles()),
            "photos": top1_by_source(
                truth, {"first": predictions["int8"], "ours": truth}, sources
            ),
            "kinds": {"barrel": {"photos": 9, "top1": 0.5, "top1_further": 0.75}},
            "further_interests": {"users": 1.25},
        },
        "aggregator-parity": {
            "aggregators": {
                "average": {
                    "errors": {"1": 1e-6, "4096": 2e-6},
                    "order": 3e-7,
                    "bytes": 1030,
                    "parameter_bytes": 1000,
                }
            }
        },
        "predict-throughput": {
            "photos": 40, "megapixels": 12, "processes": 2, "photos_per_second": 21.0,
            "plain_photos_per_second": 5.0, "ratio": 4.2,
        },
        "bundle": {"name": "everyday", "files": {"card.json": 10, "a.tflite": 3000}},
        "app-clean-build": {"measured": {"minutes": 12.25}},
        "app-package": {"measured": {"whole package, bytes": 9000, "lib, bytes": 10}},
        "app-parity": {
            "bound": 0.005, "distances": {"a.jpg": 0.001}, "mean": 0.001,
            "maximum": 0.001, "not_read": ["b.heic"],
        },
        "app-scan": {"measured": {"photos opened by the second scan": 0}},
        "app-gallery": {
            "measured": {
                "photos": 1000, "profile at a start of the app, ms": 9.5,
                "listing and comparing all, ms": 90.0, "peak heap above idle, MB": 1.0,
                "rescan of an unchanged gallery, ms": 80.0,
            }
        },
        "app-mutations": {"measured": {"mutated photos": 500, "refused as BROKEN": 9}},
        "backbone": {},
    }  # fmt: skip
    return {
        name: Measurement(name, f"python -m training {name}", 90.0, 2**30, 2, one)
        for name, one in sorted(values.items())
    }
