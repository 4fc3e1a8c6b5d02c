"""The released classifiers of scenes; a bundle's golden features are its inputs."""

import base64
import json

import numpy as np
import pytest

from photo_interests.analysis.analyzers import choose_analyzers
from photo_interests.analysis.card import load_analyzer, write_analyzer
from photo_interests.analysis.scenes.scene_classifier import SceneClassifier
from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.bundle.card import CardError, load_card
from photo_interests.bundle.location import find_bundle
from training.interests.bases import OF_BUNDLES
from training.scenes.fit import softmax
from training.scenes.head_file import load_head


@pytest.fixture(scope="module", params=OF_BUNDLES)
def bundle(request):
    return find_bundle(request.param)


@pytest.fixture(scope="module")
def folder(bundle):
    return choose_analyzers(load_card(bundle), ["scene"]).folders["scene"]


@pytest.fixture(scope="module")
def features(bundle):
    card = load_card(bundle)
    return [np.fromfile(bundle / case.features, np.uint8) for case in card.golden.cases]


def test_it_computes_what_was_trained(bundle, folder, features):
    classify = SceneClassifier(folder)
    head, _ = load_head(OF_BUNDLES[bundle.name].scenes)
    indoor = np.array(
        [bool(label.indoor) for label in load_analyzer(folder, "scene").labels]
    )
    for row in features:
        (expected,) = softmax(head.logits(row[None]))
        found = classify.classify(row)
        assert found.labels[0] == expected.argmax()
        assert found.probabilities == pytest.approx(
            np.sort(expected)[::-1][:5], abs=2e-3
        )
        assert found.indoor == pytest.approx(expected[indoor].sum(), abs=2e-3)


def test_a_group_is_the_sum_of_its_scenes(folder, features):
    classify = SceneClassifier(folder)
    card = load_analyzer(folder, "scene")
    groups = {classify.classify(row).group for row in features}
    assert groups <= {group.id for group in card.groups} | {None}
    for row in features:
        found = classify.classify(row)
        if found.probabilities[0] >= card.thresholds["group"]:
            assert found.group == card.labels[found.labels[0]].group


def test_each_bundle_of_interests_has_its_own_and_others_have_none(project_root):
    released = project_root / "models" / "analyzers"
    for name, folder in (
        (DEFAULT_BUNDLE, released / "scene"),
        ("everyday-efficientnet", released / "everyday-efficientnet" / "scene"),
    ):
        chosen = choose_analyzers(load_card(find_bundle(name)), ["scene"])
        assert chosen.folders == {"scene": folder}
    with pytest.raises(ValueError, match="another extractor than that of bundle"):
        choose_analyzers(load_card(find_bundle("everyday-178")), ["scene"])


def test_the_golden_file_is_what_it_gives(folder):
    """Another implementation is to give the same from the same file."""
    card = load_analyzer(folder, "scene", verify=True)
    classify = SceneClassifier(folder)
    photos = json.loads((folder / card.golden).read_text())["photos"]
    assert len(photos) >= 30
    for photo in photos:
        stored = np.frombuffer(base64.b64decode(photo["features"]), np.uint8)
        found = classify.classify(stored)
        tolerance = card.tolerances["probabilities"]
        np.testing.assert_allclose(
            classify.probabilities(stored), photo["probabilities"], atol=tolerance
        )
        assert list(found.labels) == photo["row"]["labels"]
        assert found.group == photo["row"]["group"]
        assert found.indoor == pytest.approx(photo["row"]["indoor"], abs=tolerance)


def test_every_label_has_a_group_names_and_phrases(folder):
    card = load_analyzer(folder, "scene", verify=True)
    assert len(card.labels) == 100
    for label in card.labels:
        assert label.group and label.indoor is not None
        assert set(label.names) == set(label.phrases) == {"en", "de"}


def test_a_card_of_other_labels_is_refused(folder, tmp_path):
    card = load_analyzer(folder, "scene")
    (tmp_path / card.model).write_bytes((folder / card.model).read_bytes())
    fewer = card.model_copy(update={"labels": card.labels[:-1]})
    write_analyzer(fewer, tmp_path)
    with pytest.raises(CardError, match=r"received .*'probabilities': \(1, 100\)"):
        SceneClassifier(tmp_path)
