from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image, ImageOps

from training.aggregators.config import PhotoEvidenceConfig
from training.experiments.split_leakage.retrained import retrain, spread
from training.experiments.split_leakage.strict_split import (
    StrictSplit,
    burst_pairs,
    split_strictly,
    unit_features,
)
from training.experiments.split_leakage.study import crossing, study_leakage
from training.features.feature_set import FeatureSet
from training.features.photo_columns import SPLITS
from training.photos.duplicates import mirror_pairs, near_pairs, perceptual_hashes
from training.simulation.config import get_config


def drawn(path: Path, seed: int) -> Image.Image:
    """Coarse noise: far from its own mirror image."""
    noise = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), np.uint8)
    image = Image.fromarray(noise).resize((96, 96), Image.Resampling.BICUBIC)
    image.save(path)
    return image


def test_a_mirror_image_is_found_and_is_no_near_duplicate(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.png" for name in ("one", "other", "mirror")]
    image = drawn(paths[0], 1)
    drawn(paths[1], 2)
    ImageOps.mirror(image).save(paths[2])
    hashes = perceptual_hashes(paths)
    mirrored = perceptual_hashes(paths, mirrored=True)
    assert near_pairs(hashes) == []
    assert mirror_pairs(hashes, mirrored) == [(0, 2)]


def test_bursts_are_neighbours_of_one_source() -> None:
    units = np.array([[1, 0], [0.96, 0.28], [0, 1], [1, 0]], np.float32)
    sources = np.array(["a", "a", "a", "b"])
    assert burst_pairs(units, sources, 0.9) == [(0, 1)]


def grocery_table() -> pd.DataFrame:
    """20 grocery photos of the training shops and 4 of the test shops."""
    shops = ["train"] * 20 + ["test"] * 4
    return pd.DataFrame(
        {
            "photo": np.arange(24),
            "source": "grocery",
            "path": [f"images_grocery/{shop}/{i}.jpg" for i, shop in enumerate(shops)],
            "label": "milk",
            "none_role": "",
            "contributor": -1,
            "group": np.arange(24),
            "split": "train",
        }
    )


def test_shops_bursts_mirrors_and_old_groups_stay_together() -> None:
    table = grocery_table()
    table.loc[8, "group"] = 7
    strict = split_strictly(table, [(0, 1)], [(2, 22)], StrictSplit())
    split = strict["split"].tolist()
    assert split[20:] == ["test"] * 4
    assert split[2] == "test"  # tied to a photo of the test shops
    assert split[0] == split[1]
    assert split[7] == split[8]
    assert set(split[:20]) == {"train", "validation", "test"}
    assert split[:20].count("test") == 1


def test_crossing_counts_relatives_of_test_photos(feature_set: FeatureSet) -> None:
    test, train = feature_set.rows("test"), feature_set.rows("train")
    features = feature_set.features.copy()
    features[test[0]] = features[train[0]]
    own = replace(feature_set, features=features)
    units = unit_features(own)
    before = crossing(own, units, [])["set"]
    assert before["neighbour_above"]["0.95"] >= 1 / len(test)
    assert before["mirror_images"] == 0
    pairs = [(int(train[1]), int(test[3])), (int(test[4]), int(test[5]))]
    after = crossing(own, units, pairs)["set"]
    label = feature_set.photos["label"][test[3]]
    of_label = int((feature_set.photos["label"].to_numpy()[test] == label).sum())
    assert after["mirror_images"] == 1
    assert after["mirror_images_by_label"] == {label: [1, of_label]}


def test_nothing_crosses_the_strict_split(feature_set: FeatureSet) -> None:
    photos = feature_set.photos.assign(path="images/a.jpg")
    classifier = PhotoEvidenceConfig("it", (0.01,), folds=1, iterations=5)
    mirrors = [(int(feature_set.rows("train")[0]), int(feature_set.rows("test")[0]))]
    config = StrictSplit(cosine=0.99)
    found = study_leakage(feature_set, photos, mirrors, config, classifier)
    assert found["in_use"]["crossing"]["set"]["mirror_images"] == 1
    assert found["strict"]["crossing"]["set"]["mirror_images"] == 0
    counts = found["strict"]["counts"]["set"]
    assert sum(counts.values()) == len(photos)
    top1 = found["in_use"]["top1"]["set"]
    assert top1["all"]["photos"] == top1["unseen_by_extractor"]["photos"]
    assert 0 <= top1["all"]["low"] <= top1["all"]["value"] <= top1["all"]["high"] <= 1


@pytest.mark.slow
def test_models_are_trained_under_each_split_and_measured_on_its_test(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    test, train = feature_set.rows("test"), feature_set.rows("train")
    moved = feature_set.photos.copy()
    # After the photos of contributors, each of whom is in one split.
    moved.loc[test[40:48], "split"], moved.loc[train[40:60], "split"] = "train", "test"
    config = PhotoEvidenceConfig("it", (0.01,), folds=1, iterations=5)
    scenario = replace(
        get_config(),
        users={"train": 40, "validation": 40, "test": 40},
        galleries=dict.fromkeys(SPLITS, 4),
        interest_free=dict.fromkeys(SPLITS, 4),
        gallery_sizes=(100,),
        gallery_interests={100: (4, 8)},
        large_galleries=(),
    )
    splits = {"one": feature_set.photos, "other": moved}
    sets = {"some": dict.fromkeys(splits, feature_set)}
    given = sets, splits, {"some": [config]}, scenario, (1, 2)
    found = retrain(*given, tmp_path)["some"]
    assert found["one"] != found["other"]
    for split in splits:
        model = found[split]["it"]
        seeds = model["seeds"]
        assert seeds["number"] == 2
        assert 0 < seeds["least"] <= seeds["median"] <= seeds["most"] <= 1
        assert model["scenarios"]["users"]["users"] == 40
        assert set(model["scenarios"]) == {"users", "gallery-100", "contributors"}
        top = model["top1"]["set"]
        own = splits[split]
        tested = (own["split"] == "test") & (own["category"] != "")
        assert top["photos"] == tested.sum()
        assert top["value"] > 0.5  # 24 categories
    assert retrain(*given, tmp_path)["some"] == found


def test_the_middle_of_the_seeds_is_the_headline() -> None:
    assert spread([0.9, 0.5, 0.8]) == {
        "median": 0.8, "least": 0.5, "most": 0.9, "number": 3,
    }  # fmt: skip
