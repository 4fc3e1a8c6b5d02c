"""A small throwaway bundle with the real inputs and outputs, and made photos."""

import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from photo_interests.bundle.input_rule import INPUT_RULE
from tests.photo_interests.card_format_2 import format_2_content
from tests.photo_interests.installed_analyzers import installed
from tests.photo_interests.tiny_bundle import write_tiny_bundle

__all__ = ["installed"]

SHA256 = "0" * 64


@pytest.fixture(scope="session")
def card_text() -> str:
    """A valid card of two interests."""
    return json.dumps(_card_content())


@pytest.fixture
def card_content(card_text: str) -> dict[str, Any]:
    """The same, free to be spoilt."""
    return json.loads(card_text)


@pytest.fixture
def card_2_content(card_text: str) -> dict[str, Any]:
    """A valid card of format 2: four interests, six kinds."""
    return format_2_content(json.loads(card_text))


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory, card_text: str) -> Path:
    """A bundle with random weights; TensorFlow makes it once in about 10 s."""
    bundle = tmp_path_factory.mktemp("tiny") / "bundle"
    with warnings.catch_warnings(action="ignore"):
        write_tiny_bundle(bundle, json.loads(card_text))
    return bundle


@pytest.fixture(scope="session")
def tiny_bundle_2(tmp_path_factory: pytest.TempPathFactory, card_text: str) -> Path:
    """A bundle of format 2 with random weights."""
    bundle = tmp_path_factory.mktemp("tiny_2") / "bundle"
    with warnings.catch_warnings(action="ignore"):
        write_tiny_bundle(bundle, format_2_content(json.loads(card_text)))
    return bundle


def _card_content() -> dict[str, Any]:
    files = ["extractor.tflite", "extractor-float.tflite", "aggregator.tflite"]
    case = {key: f"golden/a.{key}" for key in ("image", "pixels", "features")}
    outputs = ("probabilities", "contributions", "photo_probabilities")
    golden_set = {key: f"golden/set.{key}" for key in ("features", *outputs)}
    every = [*files, *case.values(), *golden_set.values()]
    return {
        "format": 1,
        "name": "example",
        "version": "1.0.0",
        "license": "Apache-2.0",
        "input": INPUT_RULE.model_dump(mode="json"),
        "features": {
            "dimension": 1024,
            "dtype": "uint8",
            "scale": 0.0123,
            "zero_point": 0,
        },
        "extractor": {"file": files[0], "float_file": files[1]},
        "aggregator": {
            "kind": "photo_evidence",
            "file": files[2],
            "int8_file": None,
            "signatures": {
                "predict": {
                    "inputs": {"features": ["N", 1024]},
                    "outputs": {
                        "probabilities": [2],
                        "contributions": ["N", 2],
                        "photo_probabilities": ["N", 2],
                    },
                },
                "update": {
                    "inputs": {"features": ["N", 1024], "state": [3]},
                    "outputs": {"state": [3]},
                },
                "finish": {
                    "inputs": {"state": [3]},
                    "outputs": {"probabilities": [2]},
                },
            },
            "state": {"shape": [3], "initial": -1e30, "merge": "logaddexp"},
            "maximum_photos": 4096,
        },
        "areas": [{"id": "animals", "names": {"en": "Animals", "de": "Tiere"}}],
        "categories": [
            {"id": "a.cat", "names": {"en": "Cats"}, "area": "animals"},
            {"id": "a.dog", "names": {"en": "Dogs"}, "area": "animals"},
        ],
        "thresholds": {"interest": 0.5, "photo": 0.5},
        "tolerances": {
            "pixels_mean_absolute": 2.0,
            "features_cosine_distance": 0.005,
            "probabilities": 0.0001,
        },
        "minimum_runtime": dict.fromkeys(files, "1.14.0"),
        "application_runtime": "2.16.1",
        "golden": {"directory": "golden", "cases": [case], "set": golden_set},
        "training": {
            "summary": "Nothing.",
            "photos": {"train": 1, "validation": 0, "test": 0},
            "sources": [{"name": "Made", "license": "CC0", "attribution": "Us"}],
            "commands": ["make demo"],
            "config": "none",
        },
        "metrics": {"top1": 0.5},
        "files": {name: {"sha256": SHA256, "bytes": 0} for name in every},
    }


@pytest.fixture(scope="module")
def browser():
    """A real browser without a window, which keeps what pages complain of."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options)
    yield driver
    driver.quit()
