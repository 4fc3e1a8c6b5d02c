"""What was tried beside the released bundle: how it is chosen and measured."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy.special import softmax

from photo_interests.bundle.location import find_bundle
from training.experiments.everyday_galleries.augmentation import (
    AS_IT_IS,
    BARRED,
    TURNED,
    choose,
)
from training.experiments.everyday_galleries.backbones import (
    LABELLED as LABELLED_GROUP,
)
from training.experiments.everyday_galleries.backbones import (
    Backbone,
    BackboneReader,
    start_of,
)
from training.experiments.everyday_galleries.imagenet_top5 import (
    BACKGROUND,
    LABELLED,
    best,
    imagenet_photos,
    measure_top5,
    student_kinds,
)
from training.experiments.everyday_galleries.limits import _smaller, thresholds
from training.experiments.everyday_galleries.released_benchmark import (
    released_benchmark,
    released_fitter,
)
from training.features.feature_set import FeatureSet
from training.interests.parts import FEATURES, load_parts
from training.interests.photo_head import PhotoHead
from training.interests.released_heads import BUNDLE, unfitted_head
from training.vocabulary.interests import load_interests
from training.vocabulary.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def stored() -> FeatureSet:
    return FeatureSet.load(FEATURES)


@pytest.fixture(scope="module")
def released() -> PhotoHead:
    return load_parts().head


def test_photos_of_imagenets_classes_are_test_photos(stored: FeatureSet) -> None:
    vocabulary = load_vocabulary()
    found = imagenet_photos(stored, vocabulary)
    assert set(found) == {LABELLED, BACKGROUND}
    names = [one.id for one in vocabulary.catalogue.categories]
    for name, (rows, kinds) in found.items():
        table = stored.photos.iloc[rows]
        assert (table["split"] == "test").all()
        assert len(rows) > 100
        labelled = name == LABELLED
        assert all((table["category"] != "") == labelled)
        for label, kind in zip(table["label"], kinds, strict=True):
            if label == "umbrella":
                assert names[kind] == "imagenet.umbrella"
    assert "caltech.pizza" in {names[kind] for kind in found[LABELLED][1]}


def test_the_distilled_head_alone_adds_classes_up_to_kinds(
    stored: FeatureSet, released: PhotoHead
) -> None:
    features = stored.features[:3]
    kinds = student_kinds(released, features)
    np.testing.assert_allclose(kinds.sum(axis=1), 1, atol=1e-5)
    classes = softmax(released.student_logits(released.standardise(features)), axis=1)
    pizza = load_interests().kind_index["caltech.pizza"]
    mine = released.kind_of == pizza
    assert mine.any()
    np.testing.assert_allclose(kinds[:, pizza], classes[:, mine].sum(axis=1), atol=1e-6)


def test_a_head_without_answers_is_below_the_distilled_one(
    stored: FeatureSet, released: PhotoHead
) -> None:
    blind = replace(released, new_bias=released.new_bias + 100.0)
    found = measure_top5(blind, stored, load_vocabulary())[BACKGROUND]
    assert found["photos"] == 180
    assert found["top 5"]["difference"]["value"] < -0.3
    assert found["top 5"]["distilled head"]["value"] > 0.7


def test_the_best_kinds_come_first() -> None:
    kinds = np.array([[0.1, 0.5, 0.3, 0.2]])
    np.testing.assert_array_equal(best(kinds, 2), [[1, 2]])


def shares(upright: float, turned: float, barred: float) -> dict:
    return {"validation": {AS_IT_IS: upright, TURNED: turned, BARRED: barred}}


def test_copies_are_chosen_by_altered_photos_unless_others_lose() -> None:
    results = {
        "as they are": shares(0.9, 0.5, 0.5),
        "and turned": shares(0.899, 0.7, 0.5),
        "and barred": shares(0.85, 0.9, 0.9),
    }
    assert choose(results) == "and turned"
    assert choose({"as they are": shares(0.9, 0.5, 0.5)}) == "as they are"


def test_a_backbone_starts_with_its_own_answers(stored: FeatureSet) -> None:
    random = np.random.default_rng(0)
    kernel = random.normal(0, 0.05, (stored.dimension, 1000)).astype(np.float32)
    bias = random.normal(0, 1, 1000).astype(np.float32)
    backbone = Backbone("drawn", lambda pixels: pixels, stored.scale, kernel, bias)
    head = start_of(backbone, stored, load_interests())
    features = stored.features[:5]
    logits = features.astype(np.float32) * stored.scale @ kernel + bias
    order = load_vocabulary().order
    np.testing.assert_allclose(
        head.student_logits(head.standardise(features)), logits[:, order], atol=1e-3
    )
    start = unfitted_head(find_bundle(BUNDLE), load_interests(), stored.scale)
    assert head.new_kernel.shape == start.new_kernel.shape


def test_a_reader_needs_a_head_for_answers_and_reads_a_group_once(
    tmp_path: Path,
) -> None:
    def refuse(pixels: np.ndarray) -> np.ndarray:
        raise AssertionError(f"expected no photo, received {pixels.shape}")

    kept = np.arange(12, dtype=np.uint8).reshape(3, 4)
    np.save(tmp_path / f"drawn {LABELLED_GROUP}.npy", kept)
    reader = BackboneReader(tmp_path, tmp_path, refuse, "drawn")
    np.testing.assert_array_equal(reader.features(LABELLED_GROUP), kept)
    with pytest.raises(ValueError, match="expected a PhotoHead"):
        reader.answers(LABELLED_GROUP)


def test_photos_are_made_smaller_before_they_are_enlarged(tmp_path: Path) -> None:
    stripes = np.zeros((80, 120, 3), np.uint8)
    stripes[:, ::2] = 255
    Image.fromarray(stripes).save(tmp_path / "photo.png")
    (small,) = _smaller([tmp_path / "photo.png"], 20)
    (whole,) = _smaller([tmp_path / "photo.png"], 80)
    assert small.shape == whole.shape == (224, 224, 3)
    assert small.std() < 0.3 * whole.std()


@pytest.mark.slow
def test_a_higher_threshold_shows_fewer_strong_interests_and_fewer_false_ones() -> None:
    benchmark = released_benchmark(2, 1)
    fitter = released_fitter(benchmark)
    curve = list(thresholds(benchmark, fitter).values())
    assert curve[-1]["false"] < curve[0]["false"]
    assert curve[-1]["strong"] < curve[0]["strong"]
    assert curve[-1]["precision"] > curve[0]["precision"]
