import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from synthetic_head import (  # noqa: E402
    KINDS,
    random_features,
    random_head,
    random_parts,
)

pytest.importorskip("tensorflow")

from ai_edge_litert.interpreter import Interpreter  # noqa: E402

from export.convert import convert, saved_model  # noqa: E402
from training.interests.interest_graph import InterestGraph  # noqa: E402

SHAPE = (5, 5 + KINDS)


@pytest.fixture(scope="module")
def runners():
    graph = InterestGraph(random_parts())
    endpoints = graph.signatures()
    with saved_model(graph, endpoints) as folder:
        model = convert(folder, list(endpoints), "interests.tflite")
    interpreter = Interpreter(model_content=model.content)
    return {name: interpreter.get_signature_runner(name) for name in endpoints}


@pytest.mark.parametrize("photos", [1, 2, 60, 400])
def test_the_exported_graph_gives_what_numpy_gives(runners, photos: int) -> None:
    features = random_features(photos)
    weights = np.random.default_rng(1).uniform(0.1, 1, photos).astype(np.float32)
    answers = runners["predict"](features=features, weights=weights)
    for name, value in InterestGraph(random_parts()).explain(features, weights).items():
        np.testing.assert_allclose(
            answers[name], value, rtol=1e-4, atol=1e-5, err_msg=name
        )


def test_contributions_are_shares(runners) -> None:
    features, weights = random_features(30), np.ones(30, np.float32)
    shares = runners["predict"](features=features, weights=weights)["contributions"]
    np.testing.assert_allclose(shares[:, :4].sum(axis=0), 1, rtol=1e-5)
    np.testing.assert_array_equal(shares[:, 4], 0)


def test_states_of_parts_add_up_to_the_whole(runners) -> None:
    features, weights = random_features(40), np.ones(40, np.float32)
    states = [
        runners["update"](
            features=features[part], weights=weights[part], state=np.zeros(SHAPE, "f4")
        )["state"]
        for part in (slice(0, 11), slice(11, 40))
    ]
    merged = runners["finish"](state=states[0] + states[1])
    whole = runners["predict"](features=features, weights=weights)
    for name, value in merged.items():
        np.testing.assert_allclose(value, whole[name], rtol=1e-5, atol=1e-6)


def test_a_photo_is_added_to_a_state(runners) -> None:
    features, weights = random_features(12), np.ones(12, np.float32)
    state = np.zeros(SHAPE, np.float32)
    for photo in features:
        state = runners["update"](
            features=photo[None], weights=weights[:1], state=state
        )["state"]
    whole = runners["predict"](features=features, weights=weights)
    np.testing.assert_allclose(
        runners["finish"](state=state)["probabilities"],
        whole["probabilities"],
        rtol=1e-5,
    )


@pytest.mark.parametrize("photos", [1, 7, 200])
def test_an_update_gives_what_each_photo_shows(runners, photos: int) -> None:
    features, weights = random_features(photos), np.ones(photos, np.float32)
    received = runners["update"](
        features=features, weights=weights, state=np.zeros(SHAPE, np.float32)
    )["photo_probabilities"]
    expected = runners["predict"](features=features, weights=weights)
    np.testing.assert_array_equal(received, expected["photo_probabilities"])


def test_another_order_of_classes_is_refused() -> None:
    head = random_head()
    swapped = replace(head, kind_of=head.kind_of[::-1].copy())
    with pytest.raises(ValueError, match="in order"):
        InterestGraph(random_parts()._replace(head=swapped))
