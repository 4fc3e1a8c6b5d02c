from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from training.backbone.fit import BackboneRun
from training.backbone.mobilenet import build_teacher
from training.configs.backbone_two_cores import get_config
from training.vocabulary.views import Viewer

PHOTOS, SIZE = 6, 224


@pytest.fixture(scope="module")
def viewer(weights_data: Path, project_root: Path, tmp_path_factory) -> Viewer:
    random = np.random.default_rng(1)
    coarse = random.integers(0, 256, (PHOTOS, 14, 14, 3), np.uint8)
    pixels = coarse.repeat(SIZE // 14, axis=1).repeat(SIZE // 14, axis=2)
    splits = ["train", "train", "train", "validation", "validation", "test"]
    table = pd.DataFrame({"category": ["a"] * PHOTOS, "split": splits})
    directory = tmp_path_factory.mktemp("views")
    run = BackboneRun(get_config(), pixels, table, {"a": 0}, weights_data, directory)
    stored = SimpleNamespace(features=np.arange(PHOTOS, dtype=np.uint8)[:, None])
    return Viewer(run, project_root / "models/everyday-178", stored, directory)


def test_whole_photos_come_with_their_stored_features_and_the_teacher_s_answer(
    viewer: Viewer,
):
    views = viewer.whole("validation")

    assert views.features.ravel().tolist() == [3, 4]
    images = viewer.run.pixels[3:5].astype(np.float32) / 127.5 - 1.0
    taught = build_teacher(SIZE, viewer.run.data)(images).numpy()
    np.testing.assert_allclose(views.taught, taught, rtol=2e-3, atol=2e-3)


def test_answers_are_kept(viewer: Viewer):
    first = viewer.augmented("train", seed=1)
    asked = viewer.teacher
    viewer.teacher = None  # to ask it again would be an error

    again = viewer.augmented("train", seed=1)

    viewer.teacher = asked
    for one, other in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, other)
    assert first.features.dtype == np.uint8
    assert first.features.shape == (3, 1024)
    assert first.taught.shape == (3, 1000)
