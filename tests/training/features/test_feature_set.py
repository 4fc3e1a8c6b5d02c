import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from synthetic import photo_table, synthetic_feature_set

from training.features.feature_set import FeatureSet


def test_save_and_load_round_trip(feature_set: FeatureSet, tmp_path: Path) -> None:
    feature_set.save(tmp_path / "set")
    loaded = FeatureSet.load(tmp_path / "set")
    np.testing.assert_array_equal(loaded.features, feature_set.features)
    pd.testing.assert_frame_equal(loaded.photos, feature_set.photos, check_dtype=False)
    assert loaded.scale == feature_set.scale
    assert loaded.categories == feature_set.categories
    assert loaded.provenance == feature_set.provenance


def test_the_same_set_gives_the_same_bytes(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    feature_set.save(tmp_path / "a")
    feature_set.save(tmp_path / "b")
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_rows_are_a_partition_into_splits(feature_set: FeatureSet) -> None:
    rows = [feature_set.rows(split) for split in ("train", "validation", "test")]
    np.testing.assert_array_equal(
        np.sort(np.concatenate(rows)), feature_set.photos.photo
    )
    assert (feature_set.photos["split"].to_numpy()[rows[2]] == "test").all()


def test_category_indices_point_into_categories(feature_set: FeatureSet) -> None:
    for index, category in zip(
        feature_set.category_indices, feature_set.photos["category"], strict=True
    ):
        assert category == ("" if index < 0 else feature_set.categories[index])


def test_no_path_is_written(feature_set: FeatureSet, tmp_path: Path) -> None:
    photos = feature_set.photos.assign(path="somewhere.jpg")
    with pytest.raises(ValueError, match="columns"):
        dataclasses.replace(feature_set, photos=photos)


@pytest.mark.parametrize("name", ["features.npz", "photos.parquet"])
def test_a_changed_file_is_refused(
    feature_set: FeatureSet, tmp_path: Path, name: str
) -> None:
    feature_set.save(tmp_path / "set")
    file = tmp_path / "set" / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(ValueError, match=rf"{name}: expected sha256"):
        FeatureSet.load(tmp_path / "set")


@pytest.mark.parametrize("key", ["scale", "sha256", "shape", "provenance"])
def test_a_missing_key_is_refused(
    feature_set: FeatureSet, tmp_path: Path, key: str
) -> None:
    feature_set.save(tmp_path / "set")
    about = json.loads((tmp_path / "set" / "about.json").read_text())
    del about[key]
    (tmp_path / "set" / "about.json").write_text(json.dumps(about))
    with pytest.raises(ValueError, match="expected format"):
        FeatureSet.load(tmp_path / "set")


def test_a_wrong_shape_is_refused(feature_set: FeatureSet, tmp_path: Path) -> None:
    feature_set.save(tmp_path / "set")
    about = json.loads((tmp_path / "set" / "about.json").read_text())
    about["shape"] = [3, 4]
    (tmp_path / "set" / "about.json").write_text(json.dumps(about))
    with pytest.raises(ValueError, match=r"expected shape \[3, 4\]"):
        FeatureSet.load(tmp_path / "set")


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("category", "set.unknown", "category"),
        ("split", "exam", "split"),
        ("none_role", "seen", "none_role"),
        ("photo", 7, "rows numbered"),
    ],
)
def test_a_wrong_photo_is_refused(column: str, value: object, message: str) -> None:
    photos = photo_table()
    photos.loc[0, column] = value
    with pytest.raises(ValueError, match=message):
        dataclasses.replace(synthetic_feature_set(), photos=photos)


def test_out_of_distribution_negatives_are_refused_in_training(
    feature_set: FeatureSet,
) -> None:
    photos = photo_table()
    photos.loc[photos["none_role"] == "seen", "none_role"] = "unseen"
    with pytest.raises(ValueError, match="no photo of none_role unseen in training"):
        dataclasses.replace(feature_set, photos=photos)


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan")])
def test_a_wrong_scale_is_refused(feature_set: FeatureSet, scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        dataclasses.replace(feature_set, scale=scale)


def test_float_features_are_refused(feature_set: FeatureSet) -> None:
    with pytest.raises(ValueError, match="uint8"):
        dataclasses.replace(
            feature_set, features=feature_set.features.astype(np.float32)
        )


def test_a_foreign_folder_is_left_alone(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"precious")
    with pytest.raises(ValueError, match="expected a feature set or no folder"):
        feature_set.save(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_new_set_replaces_the_old_and_its_users(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    feature_set.save(tmp_path / "set")
    (tmp_path / "set" / "users.parquet").write_bytes(b"of the old set")
    dataclasses.replace(feature_set, scale=0.5).save(tmp_path / "set")
    assert FeatureSet.load(tmp_path / "set").scale == 0.5
    assert not (tmp_path / "set" / "users.parquet").exists()
    assert [entry.name for entry in tmp_path.iterdir()] == ["set"]


def test_a_kill_while_writing_leaves_the_old_set_whole(
    feature_set: FeatureSet, tmp_path: Path, project_root: Path
) -> None:
    feature_set.save(tmp_path / "set")
    program = """
import os, signal, sys
from pathlib import Path
from training.features import feature_set as module
loaded = module.FeatureSet.load(Path(sys.argv[1]))
module.write_photos = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
loaded.save(Path(sys.argv[1]))
"""
    killed = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "set")],
        cwd=project_root,
        env=os.environ,
        check=False,
    )
    assert killed.returncode == -9
    loaded = FeatureSet.load(tmp_path / "set")
    np.testing.assert_array_equal(loaded.features, feature_set.features)
