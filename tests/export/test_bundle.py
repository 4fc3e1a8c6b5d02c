import dataclasses
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from export import bundle as subject
from export.bundle import BundleError, write_bundle
from export.bundle_inputs import read_metrics, read_training
from export.extractor import compare, convert_extractor, write_extractor
from export.lineage import Origin
from export.verify import Result, failures, verify
from photo_interests.bundle.card import load_card
from photo_interests.models.extractor import Extractor
from photo_interests.models.interest_model import InterestModel
from training.photos.catalogue import Catalogue
from training.runs import sha256_of

# Keras 3.15 saves weights by a call that NumPy 2.4 deprecates.
pytestmark = pytest.mark.filterwarnings(
    "ignore:__array__ implementation doesn't accept a copy:DeprecationWarning"
)


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_predict_runs_it(released, photos):
    card = load_card(released)
    stored = Extractor(released, card=card)(photos[:3])
    answer = InterestModel(released, card)(stored)
    assert answer.probabilities.shape == (178,)
    assert answer.contributions.shape == (3, 178)


def test_card_says_what_it_was_given(released, parts):
    card = load_card(released)
    assert (card.name, card.version) == ("drawn", "1.2.3")
    assert card.training == parts.training and card.metrics == parts.metrics
    ids = [category.id for category in parts.catalogue.categories]
    assert [category.id for category in card.interests] == ids
    assert card.aggregator.kind == "photo_evidence"
    assert card.aggregator.state is not None
    assert set(card.aggregator.signatures) == {"predict", "update", "finish"}
    assert card.features.scale == pytest.approx(parts.aggregator.feature_scale)


def test_an_extractor_of_smaller_photos_has_its_own_rule(
    parts, photos, make_extractor, make_aggregator, tmp_path
):
    small = np.ascontiguousarray(photos[:, 16:112, 16:112])
    quantised, floating = convert_extractor(make_extractor(96), small[:12])
    similarity = compare(quantised, floating, small[12:])
    write_extractor(tmp_path / "extractor", quantised, floating, similarity, {})
    features = Extractor(tmp_path / "extractor" / "extractor.tflite")(small)
    scale = quantised.signatures["features"].outputs["features"].scale
    aggregator = make_aggregator("photo_evidence", features, scale)
    smaller = dataclasses.replace(
        parts,
        extractor=tmp_path / "extractor",
        features=features,
        aggregator=aggregator,
        origin=Origin(sha256_of(tmp_path / "extractor" / "extractor.tflite"), "f" * 64),
    )
    # Written, so verified: its golden photos are read at its own size.
    rule = load_card(write_bundle(smaller, tmp_path / "models")).input
    assert (rule.height, rule.width, rule.reduced_decode.minimum_side) == (96, 96, 144)


def test_same_parts_same_bytes(parts, released, tmp_path):
    assert files_of(write_bundle(parts, tmp_path)) == files_of(released)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("average", "mean_pool"), ("attention_2_gating", "two_block_pool_gated")],
)
def test_any_aggregator_beside_a_released_extractor(
    name, kind, parts, released, aggregators, tmp_path
):
    other = dataclasses.replace(
        parts,
        name=name,
        extractor=released,
        aggregator=aggregators[name],
        training=read_training(None, released),
    )
    path = write_bundle(other, tmp_path)
    card = load_card(path)
    assert card.aggregator.kind == kind and card.aggregator.state is None
    assert card.training.sources == parts.training.sources
    assert card.training.summary.endswith("trained over the extractor of drawn")
    assert not failures(verify(path))


def test_a_failed_verification_leaves_the_old_bundle(
    parts, released, tmp_path, monkeypatch
):
    target = shutil.copytree(released, tmp_path / "drawn")
    before = files_of(target)
    monkeypatch.setattr(subject, "verify", lambda _: [Result("taste", False, "bad")])
    with pytest.raises(BundleError, match="fails its verification:\n  taste: bad"):
        write_bundle(dataclasses.replace(parts, version="9.9.9"), tmp_path)
    assert files_of(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["drawn"]


def test_a_failure_on_the_way_leaves_the_old_bundle(
    parts, released, tmp_path, monkeypatch
):
    target = shutil.copytree(released, tmp_path / "drawn")
    before = files_of(target)

    def no_space_left(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(subject, "write_card", no_space_left)
    with pytest.raises(OSError, match="No space left"):
        write_bundle(parts, tmp_path)
    assert files_of(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["drawn"]


def test_no_extractor(parts, tmp_path):
    with pytest.raises(BundleError, match="expected extractor.tflite in"):
        write_bundle(dataclasses.replace(parts, extractor=tmp_path), tmp_path / "out")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"feature_scale": 0.5}, "'feature scale': 0.5"),
        ({"categories": 177}, "'categories': 177"),
    ],
)
def test_an_aggregator_of_another_extractor_or_catalogue(
    parts, features, make_aggregator, tmp_path, change, complaint
):
    other = make_aggregator("average", features, parts.aggregator.feature_scale)
    for name, value in change.items():
        setattr(other, name, value)
    with pytest.raises(BundleError, match=complaint):
        write_bundle(dataclasses.replace(parts, aggregator=other), tmp_path)


def test_a_catalogue_of_another_size(parts, tmp_path):
    whole = parts.catalogue
    shorter = Catalogue(whole.categories[:-1], whole.areas, whole.roles)
    with pytest.raises(BundleError, match="'categories': 177.*'categories': 178"):
        write_bundle(dataclasses.replace(parts, catalogue=shorter), tmp_path)


def test_training_is_asked_for(tmp_path):
    with pytest.raises(ValueError, match="expected --training"):
        read_training(None, tmp_path)
    path = tmp_path / "training.json"
    path.write_text('{"summary": "x"}')
    with pytest.raises(ValueError, match="(?s)training.json.*photos.*sources"):
        read_training(path, tmp_path)


def test_metrics_are_numbers(tmp_path):
    path = tmp_path / "metrics.json"
    path.write_text('{"top1": 0.5}')
    assert read_metrics(path) == {"top1": 0.5}
    assert read_metrics(None) == {}
    path.write_text('{"top1": {"mean": 0.5}}')
    with pytest.raises(ValueError, match="metrics.json: expected names with numbers"):
        read_metrics(path)


EXPORT = """
import sys, pickle
from pathlib import Path
from training.aggregators.loading import load_aggregator
from export.bundle import BundleParts, write_bundle
from export.lineage import Origin
from training.runs import sha256_of
from photo_interests.bundle.card_sections import Training
from training.photos.catalogue import load_catalogue
import numpy as np

extractor, aggregator, features, training, out = map(Path, sys.argv[1:])
origin = Origin(sha256_of(extractor / "extractor.tflite"), "f" * 64)
parts = BundleParts(
    "drawn", "2.0.0", extractor, load_aggregator(aggregator), np.load(features),
    origin, load_catalogue(), Training.model_validate_json(training.read_text()), {},
)
print("starts", flush=True)
while True:
    write_bundle(parts, out)
"""


@pytest.mark.slow
def test_kill_9_during_an_export_leaves_a_whole_bundle(
    parts, released, tmp_path, project_root
):
    import keras
    import numpy as np

    out = tmp_path / "models"
    target = shutil.copytree(released, out / "drawn")
    keras.saving.save_model(parts.aggregator, tmp_path / "aggregator.keras")
    np.save(tmp_path / "features.npy", parts.features)
    training = tmp_path / "training.json"
    training.write_text(json.dumps(parts.training.model_dump(mode="json")))
    command = [sys.executable, "-c", EXPORT, parts.extractor]
    command += [tmp_path / "aggregator.keras", tmp_path / "features.npy", training, out]
    environment = {**os.environ, "PYTHONPATH": str(project_root)}
    for delay in (1.5, 6.0):
        with subprocess.Popen(
            list(map(str, command)),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            assert process.stdout.readline() == "starts\n"
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        assert not failures(verify(target))
    write_bundle(dataclasses.replace(parts, version="3.0.0"), out)
    assert load_card(target).version == "3.0.0"
    assert [path.name for path in out.iterdir()] == ["drawn"]
