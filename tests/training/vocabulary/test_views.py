from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from training.backbone.fit import BackboneRun
from training.backbone.pretrained import build_teacher
from training.configs.backbone_two_cores import get_config
from training.vocabulary.views import PhotoViews

PHOTOS, SIZE = 6, 224


@pytest.fixture(scope="module")
def views(weights_data: Path, project_root: Path, tmp_path_factory) -> PhotoViews:
    random = np.random.default_rng(1)
    coarse = random.integers(0, 256, (PHOTOS, 14, 14, 3), np.uint8)
    pixels = coarse.repeat(SIZE // 14, axis=1).repeat(SIZE // 14, axis=2)
    splits = ["train", "train", "train", "validation", "validation", "test"]
    table = pd.DataFrame({"category": ["a"] * PHOTOS, "split": splits})
    directory = tmp_path_factory.mktemp("views")
    run = BackboneRun(get_config(), pixels, table, {"a": 0}, weights_data, directory)
    stored = SimpleNamespace(features=np.arange(PHOTOS, dtype=np.uint8)[:, None])
    return PhotoViews(run, project_root / "models/everyday-178", stored, directory)


def test_whole_photos_come_with_their_stored_features_and_the_teacher_s_logits(
    views: PhotoViews,
):
    whole = views.whole("validation")

    assert whole.features.ravel().tolist() == [3, 4]
    images = views.run.pixels[3:5].astype(np.float32) / 127.5 - 1.0
    logits = build_teacher(SIZE, views.run.data)(images).numpy()
    np.testing.assert_allclose(whole.teacher_logits, logits, rtol=2e-3, atol=2e-3)


def test_views_are_computed_once(views: PhotoViews):
    first = views.augmented("train", seed=1)
    teacher = views.teacher
    views.teacher = None  # calling it again would be an error

    again = views.augmented("train", seed=1)

    views.teacher = teacher
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, other)
    assert first.features.dtype == np.uint8
    assert first.features.shape == (3, 1024)
    assert first.teacher_logits.shape == (3, 1000)


def test_another_extractor_gives_other_features(views: PhotoViews, project_root: Path):
    fast = PhotoViews(
        views.run,
        project_root / "models/everyday-1105",
        views.feature_set,
        views.directory,
    )

    first, other = (one.augmented("train", seed=1) for one in (views, fast))

    assert (first.features != other.features).mean() > 0.1
    np.testing.assert_array_equal(first.teacher_logits, other.teacher_logits)
    again = views.augmented("train", seed=1)
    np.testing.assert_array_equal(again.features, first.features)


def test_other_photos_give_other_views(views: PhotoViews, tmp_path: Path):
    run = views.run
    arguments = (run.config, 255 - run.pixels, run.photos, run.index, run.data)
    negatives = PhotoViews(
        BackboneRun(*arguments, tmp_path),
        views.extractor_file.parent,
        views.feature_set,
        views.directory,
    )

    first, other = (one.whole("test") for one in (views, negatives))

    assert (first.teacher_logits != other.teacher_logits).any()
