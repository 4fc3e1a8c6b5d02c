"""Small files exactly in the tutorial's layout."""

import os

import numpy as np
import pytest
from PIL import Image

from training.experiments.recommenders.layouts.wikimedia import load_wikimedia

ROWS = """user_id,item_id,timestamp,evaluation
30,200501002,1105490700,False
12,200501002,1105521180,False
30,200501003,1105490800,False
30,200501004,1105490600,False
30,200501005,1105499999,True
"""
IDS = ["200501002", "200501003", "200501004", "200501005"]


@pytest.fixture
def files(tmp_path):
    (tmp_path / "interactions.csv").write_text(ROWS)
    write_embedding(tmp_path / "embedding.npy", [f"{name}.jpg" for name in IDS])
    (tmp_path / "images").mkdir()
    for number, name in enumerate(IDS):
        image = Image.new("RGB", (40, 30), (number * 60, 0, 0))
        image.save(tmp_path / "images" / f"{name}.jpg")
    return tmp_path


def write_embedding(path, names, vectors=None):
    rows = np.empty((len(names), 2), object)
    for row, name in enumerate(names):
        rows[row, 0] = name
        rows[row, 1] = np.full(6, row, np.float32) if vectors is None else vectors[row]
    np.save(path, rows, allow_pickle=True)


def load(files, **options):
    return load_wikimedia(
        files / "interactions.csv", files / "embedding.npy", **options
    )


def test_read_with_features_and_the_marked_test(files):
    data = load(files)
    assert data.users == ("12", "30") and data.items == tuple(IDS)
    assert data.test.tolist() == [[1, 3]]
    assert data.validation.tolist() == [[1, 1]]  # the last of what is not marked
    assert sorted(data.train.tolist()) == [[0, 0], [1, 0], [1, 2]]
    assert data.features.shape == (4, 6) and (data.features[2] == 2).all()
    assert data.pixels is None


def test_pictures_are_read_by_their_names(files):
    data = load(files, images=files / "images", size=8)
    assert data.pixels.shape == (4, 8, 8, 3)
    assert abs(int(data.pixels[3, 4, 4, 0]) - 180) < 5


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("evaluation\n", "test\n", "expected columns .*evaluation.* received .*'test'"),
        ("12,200501002", "12,7", "row 1: .* a picture, received '7', which has none"),
        ("30,200501003", "30,200501002", "row 2: expected user '30' .* '200501002'"),
    ],
)
def test_bad_interactions_name_the_row(files, old, new, message):
    (files / "interactions.csv").write_text(ROWS.replace(old, new, 1))
    with pytest.raises(ValueError, match=message):
        load(files)


def test_bad_embeddings_name_the_row(files):
    path = files / "embedding.npy"
    write_embedding(path, [*IDS, IDS[1]])
    with pytest.raises(ValueError, match="row 4: .* received '200501003' of row 1"):
        load(files)
    vectors = [np.zeros(6), np.zeros(6), np.zeros(5), np.zeros(6)]
    write_embedding(path, IDS, vectors)
    with pytest.raises(ValueError, match="row 2: expected 6 features .* received 5"):
        load(files)
    vectors[2] = np.full(6, np.nan)
    write_embedding(path, IDS, vectors)
    with pytest.raises(
        ValueError, match="row 2: expected numbers for item '200501004'"
    ):
        load(files)


def test_a_missing_picture_is_named(files):
    (files / "images" / f"{IDS[2]}.jpg").unlink()
    with pytest.raises(ValueError, match="of item '200501004' .row 2., received none"):
        load(files, images=files / "images")


class Attack:
    def __reduce__(self):
        return os.system, ("echo run",)


def test_a_file_that_would_run_something_is_refused(files):
    rows = np.empty((1, 2), object)
    rows[0] = ["a", Attack()]
    np.save(files / "embedding.npy", rows, allow_pickle=True)
    with pytest.raises(ValueError, match="a pickle that asks for posix.system"):
        load(files)


def test_no_object_array(files):
    np.save(files / "embedding.npy", np.zeros(3))
    with pytest.raises(ValueError, match="expected an array of objects, .* float64"):
        load(files)
    (files / "embedding.npy").write_bytes(b"nothing")
    with pytest.raises(ValueError, match="expected a .npy file"):
        load(files)
