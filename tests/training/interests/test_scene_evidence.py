import numpy as np
import pytest

from training.csv_rows import read_csv_rows
from training.galleries.photos import load_everyday_photos
from training.interests.scene_evidence import SceneEvidence, load_scene_evidence
from training.scenes.head_file import SCENES
from training.scenes.scene_head import SceneHead
from training.vocabulary.interests import load_interests


def test_scenes_that_name_an_interest_add_up() -> None:
    head = SceneHead(np.zeros((2, 3), np.float32), np.zeros(3, np.float32))
    weights = np.array([[1, 0], [1, 0], [0, 0]], np.float32)
    evidence = SceneEvidence(head, weights)(np.ones((4, 2), np.uint8))
    np.testing.assert_allclose(evidence, [[2 / 3, 0]] * 4, rtol=1e-6)


def test_every_scene_names_one_interest_or_none() -> None:
    interests = load_interests()
    weights = load_scene_evidence(interests).weights
    named = [row["interest"] for row in read_csv_rows(SCENES)]
    assert weights.sum() == sum(bool(one) for one in named) > 80
    assert weights[named.index("beaches"), interests.index["beaches"]] == 1


def test_forests_are_evidence_of_forests() -> None:
    interests, photos = load_interests(), load_everyday_photos()
    evidence = load_scene_evidence(interests)(photos.features)
    forests = evidence[:, interests.index["forests"]]
    is_forest = photos.has("forest")
    assert forests[is_forest].mean() > 5 * forests[~is_forest].mean()


def test_an_unknown_interest_is_refused(tmp_path) -> None:
    table = tmp_path / "scenes.csv"
    table.write_text("id,interest\nabbey,churches\n")
    with pytest.raises(ValueError, match="abbey: expected a known .* 'churches'"):
        load_scene_evidence(load_interests(), table)
