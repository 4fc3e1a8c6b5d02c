from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from export.extractor import Similarity, convert_extractor, write_extractor
from training.backbone.mobilenet import at_size, build_extractor
from training.backbone.pretrained import load_pretrained
from training.configs import config_named
from training.experiments.fast_extractors.candidates import Candidate
from training.experiments.fast_extractors.measure import RELEASED, FastExtractors
from training.features.feature_set import FeatureSet


def coloured(feature_set: FeatureSet, size: int) -> np.ndarray:
    """Photos of one colour and a little noise, by category."""
    random = np.random.default_rng(0)
    colours = random.integers(0, 256, (len(feature_set.categories) + 1, 1, 1, 3))
    noise = random.integers(-8, 9, (len(feature_set.features), size, size, 3))
    return np.clip(colours[feature_set.category_indices] + noise, 0, 255).astype(
        np.uint8
    )


@pytest.mark.slow
def test_a_smaller_input_costs_less_and_is_reused(
    feature_set: FeatureSet, weights_data: Path, tmp_path: Path
) -> None:
    pixels = coloured(feature_set, 64)
    network = build_extractor(64)
    load_pretrained(network, weights_data)
    network.save(tmp_path / "extractor.keras")
    files = convert_extractor(network, pixels[:4])
    write_extractor(tmp_path / "released", *files, Similarity(1, 1, 1), {})
    config = replace(
        config_named("photo_evidence", "aggregator", quick=True), iterations=5
    )
    extractors = FastExtractors(
        tmp_path / "released", feature_set, pixels, config, tmp_path / "fast"
    )
    whole, small = (
        Candidate(f"{size}", size, tmp_path / "extractor.keras", "not trained")
        for size in (64, 32)
    )

    values = extractors.measure(whole, [small], repeats=10)
    files = sorted((tmp_path / "fast").rglob("*.*"))
    written = [file.stat().st_mtime_ns for file in files]
    again = extractors.make(small)

    assert at_size(network, 32).output_shape[-1] == again.dimension == 1024
    assert sorted((tmp_path / "fast").rglob("*.*")) == files
    assert [file.stat().st_mtime_ns for file in files] == written
    costs = values["candidates"]["32"]
    assert costs["multiplications"] < 0.3 * values["released"]["multiplications"]
    assert 0 < costs["latency"]["1"]["ratio"] < 1
    test = values["accuracy"]["all"]
    photos = feature_set.rows("test")
    assert test["photos"] == (feature_set.category_indices[photos] >= 0).sum()
    assert list(test["top1"]) == [RELEASED, "32"] == list(values["validation"])
    assert test["top1"]["32"]["value"] > 0.5  # chance is 1 in 24
