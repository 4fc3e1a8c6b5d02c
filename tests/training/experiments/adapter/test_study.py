"""What an adapter gains, on synthetic photos."""

from dataclasses import replace

import numpy as np
import pytest
from synthetic import small_users

from training.aggregators.photo_evidence import PhotoEvidence
from training.experiments.adapter import study
from training.features.feature_set import FeatureSet
from training.simulation.config import get_config

CASES = [
    "same photos", "other photos", "another population", "contributors",
    "interests of others",
]  # fmt: skip


@pytest.fixture
def photos(feature_set: FeatureSet) -> FeatureSet:
    """Without classes that are in no training: the study moves photos into it."""
    table = feature_set.photos.replace({"none_role": {"unseen": "seen"}})
    return replace(feature_set, photos=table)


@pytest.fixture
def aggregator(feature_set: FeatureSet) -> PhotoEvidence:
    """Photo evidence whose classifier is nearest to the mean photo of each category."""
    made = PhotoEvidence(
        feature_set.features.shape[1], len(feature_set.categories), feature_set.scale
    )
    made(feature_set.features[None, :3])
    made.standardise.adapt(feature_set.features)
    standard = np.asarray(made.standardise(feature_set.features))
    names = feature_set.photos["category"].to_numpy()
    means = np.stack([standard[names == one].mean(0) for one in feature_set.categories])
    kernel = np.concatenate([means, np.zeros((1, means.shape[1]))]).T
    bias = np.append(-(means**2).sum(axis=1) / 2, 0)
    made.classifier.set_weights([kernel, bias])
    return made


@pytest.mark.slow
def test_every_case_is_tried_and_the_interests_of_others_cannot_be_learned(
    aggregator: PhotoEvidence,
    photos: FeatureSet,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = replace(get_config(), gallery_sizes=(100,), gallery_interests={100: (4, 8)})
    monkeypatch.setattr(study, "get_config", lambda: small)
    users = small_users(photos)
    monkeypatch.setattr(study, "CONTRIBUTORS", study.USERS)  # twelve would be too few
    found = study.adapter_study(aggregator, photos, users, users=150)
    assert list(found) == CASES
    for name, one in found.items():
        assert one["helps"] == (one["gain"]["low"] > 0), name
    assert not found["interests of others"]["helps"]


def test_the_halves_share_no_group_of_photos(photos: FeatureSet) -> None:
    pairs = photos.photos.assign(group=photos.photos["group"] // 2)
    halves = study._halved(replace(photos, photos=pairs), seed=0).photos
    fitted, tried = (
        set(halves["group"][halves["split"] == split])
        for split in (study.FITTED, study.TRIED)
    )
    assert fitted and tried and not fitted & tried
    assert fitted | tried == set(pairs["group"][pairs["split"] == "test"])
