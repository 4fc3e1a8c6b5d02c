"""Drawn numbers of faces are in the groups of the golden file, as in the app."""

import json

import numpy as np
import pytest

from photo_interests.analysis.identity.clusters import Clusters
from photo_interests.analysis.identity.groups import group
from tests.contract.draw_face_groups import GOLDEN, THRESHOLDS, embeddings_of, orders

EXPECTED = json.loads(GOLDEN.read_text())
EMBEDDINGS = embeddings_of(EXPECTED)


def members(groups):
    return {frozenset(np.flatnonzero(groups == one).tolist()) for one in set(groups)}


@pytest.mark.parametrize("order", orders(1))
def test_golden_groups(order):
    rows = orders(len(EMBEDDINGS))[order]
    received = np.empty(len(EMBEDDINGS), np.int64)
    received[rows] = group(EMBEDDINGS[rows], THRESHOLDS)
    assert members(received) == members(np.array(EXPECTED["groups"]))


def test_golden_groups_are_of_several_clusters():
    clusters = Clusters(EMBEDDINGS.shape[1], THRESHOLDS["radius"])
    clusters.add(EMBEDDINGS)
    assert len(clusters.counts) > len(set(EXPECTED["groups"])) + 5
