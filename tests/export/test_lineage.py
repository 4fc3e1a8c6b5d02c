"""Extractor, features and aggregator that do not belong together are refused."""

import dataclasses
import json
import shutil
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from export.bundle import write_bundle
from export.bundle_reader import BundleReader
from export.lineage import origin_of, origin_of_bundle, released_lineages
from export.metadata import embed
from export.tflite_file import TFLiteFile
from export.verify import failures, verify
from photo_interests.bundle.card import load_card, record_file, write_card
from training.features.feature_set import FeatureSet
from training.runs import sha256_of

MODELS = Path("models")
FEATURES = Path("training/features")


def problems(bundle: Path) -> dict[str, str]:
    return {result.name: result.detail for result in failures(verify(bundle))}


def seal(bundle: Path) -> None:
    """Give the card the hashes of the changed files: deeper checks must see them."""
    card = load_card(bundle, verify=False)
    files = {name: record_file(bundle / name) for name in card.files}
    write_card(card.model_copy(update={"files": files}), bundle)


def with_extractor(bundle: Path, extractor: Path) -> None:
    """Exchange the extractor, whose metadata is the bundle's own."""
    received = TFLiteFile.read(bundle / "extractor.tflite")
    other = TFLiteFile.read(extractor)
    (bundle / "extractor.tflite").write_bytes(embed(other, received.metadata, {}))
    seal(bundle)


@pytest.mark.parametrize("name", sorted(released_lineages()))
def test_a_released_bundle_is_whole(name):
    assert not problems(MODELS / name)


@pytest.mark.parametrize(
    ("aggregator", "extractor"),
    [
        ("everyday-178", "everyday-1105"),
        ("everyday-1105", "everyday-178"),
        ("everyday-178", "everyday-178-fast"),
    ],
)
def test_a_released_aggregator_beside_another_extractor_is_refused(
    aggregator, extractor, tmp_path
):
    bundle = shutil.copytree(MODELS / aggregator, tmp_path / aggregator)
    with_extractor(bundle, MODELS / extractor / "extractor.tflite")
    found = problems(bundle)["lineage"]
    assert sha256_of(MODELS / aggregator / "extractor.tflite") in found
    assert sha256_of(MODELS / extractor / "extractor.tflite") in found


@pytest.fixture(scope="session")
def other_extractor(keras_extractor, photos, tmp_path_factory) -> Path:
    """The features in another order: the same shapes and scale."""
    from export.extractor import convert_extractor

    other = keras.models.clone_model(keras_extractor)
    *first, kernel, gamma, beta, mean, variance = keras_extractor.get_weights()
    last = [w[..., ::-1] for w in (kernel, gamma, beta, mean, variance)]
    other.set_weights([*first, *last])
    quantised, floating = convert_extractor(other, photos[:12])
    folder = tmp_path_factory.mktemp("other")
    (folder / "extractor.tflite").write_bytes(quantised.content)
    (folder / "extractor-float.tflite").write_bytes(floating.content)
    return folder


def test_a_bundle_records_what_belongs_together(released, extractor_folder, origin):
    lineage = load_card(released).lineage
    assert lineage is not None
    converted = sha256_of(extractor_folder / "extractor.tflite")
    assert lineage.extractor == converted == lineage.models["extractor.tflite"]
    assert set(lineage.models) == load_card(released).model_files()
    assert lineage.steps == origin.steps
    reader = BundleReader(released, load_card(released))
    assert origin_of_bundle(reader) == origin


def test_an_exported_bundle_with_another_extractor_is_refused(bundle, other_extractor):
    with_extractor(bundle, other_extractor / "extractor.tflite")
    assert "do not belong together" in problems(bundle)["lineage"]


def test_another_model_than_the_recorded_one_is_refused(bundle):
    path = bundle / "extractor-float.tflite"
    model = TFLiteFile.read(path)
    weights = max(
        (b.data for b in model.model.buffers if b.data is not None), key=len
    ).tobytes()
    content = bytearray(model.content)
    content[content.index(weights) + len(weights) // 2] ^= 1
    path.write_bytes(content)
    seal(bundle)
    assert "extractor-float.tflite: expected" in problems(bundle)["lineage"]


def test_features_of_another_extractor_in_the_steps_are_refused(bundle):
    card = load_card(bundle)
    step = card.lineage.steps[0].model_copy(update={"inputs": {"extractor": "a" * 64}})
    lineage = card.lineage.model_copy(update={"steps": (step,)})
    write_card(card.model_copy(update={"lineage": lineage}), bundle)
    assert "features drawn: expected those of" in problems(bundle)["lineage"]


def test_a_card_without_lineage_is_refused_unless_it_was_released(bundle):
    card = json.loads((bundle / "card.json").read_text())
    del card["lineage"]
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    (bundle / "card.json").write_text(text)
    assert set(problems(bundle)) == {"lineage"}
    assert "expected the section lineage" in problems(bundle)["lineage"]


def test_export_refuses_an_extractor_the_aggregator_was_not_trained_on(
    parts, other_extractor, tmp_path
):
    received = sha256_of(other_extractor / "extractor.tflite")
    match = f"(?s)do not belong together.*{parts.origin.extractor}.*{received}"
    with pytest.raises(ValueError, match=match):
        other = dataclasses.replace(parts, extractor=other_extractor)
        write_bundle(other, tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_aggregator_of_other_features_is_refused(
    drawn_set, aggregators, save_trained, tmp_path
):
    path = save_trained(tmp_path / "one", aggregators["average"])
    origin = origin_of(path, drawn_set, tmp_path)
    assert origin.features == drawn_set.sha256
    assert [step.kind for step in origin.steps] == ["aggregator"]
    features = np.roll(drawn_set.features, 1)
    other = dataclasses.replace(drawn_set, features=features)
    with pytest.raises(ValueError, match=f"{other.sha256}.*{drawn_set.sha256}"):
        origin_of(path, other, tmp_path)
    (tmp_path / "one" / "run.json").unlink()
    with pytest.raises(ValueError, match="the record of what it was"):
        origin_of(path, drawn_set, tmp_path)


@pytest.mark.parametrize("name", ["everyday-178", "everyday-1105"])
def test_a_feature_set_knows_its_extractor(name):
    features = FeatureSet.load(FEATURES / name)
    lineage = released_lineages()[name]
    assert features.sha256 == lineage.features
    assert features.sha256 == sha256_of(FEATURES / name / "features.npz")
    features.check_extractor(MODELS / name / "extractor.tflite")
    other = {"everyday-178": "everyday-1105", "everyday-1105": "everyday-178"}[name]
    with pytest.raises(ValueError, match=f"{other}/extractor.tflite: expected the ex"):
        features.check_extractor(MODELS / other / "extractor.tflite")


@pytest.mark.needs_photos
@pytest.mark.slow
@pytest.mark.parametrize("name", ["everyday-178", "everyday-1105"])
def test_a_feature_set_is_what_its_extractor_gives(name, photo_data):
    """Ties committed features to the released extractor by what it computes."""
    from photo_interests.bundle.input_rule import INPUT_RULE
    from photo_interests.models.extractor import Extractor
    from photo_interests.photos.pixels import read_pixels
    from training.photos.prepare import prepare_photos

    features = FeatureSet.load(FEATURES / name)
    paths = prepare_photos(photo_data, own_set=False)[0]["path"]
    rows = np.random.default_rng(0).choice(len(paths), 24, replace=False)
    pixels = np.stack(
        [read_pixels(photo_data / paths.iloc[row], INPUT_RULE) for row in rows]
    )
    received = Extractor(MODELS / name / "extractor.tflite")(pixels)
    np.testing.assert_array_equal(received, features.features[rows])


class FirstPhotoDecides(tf.Module):
    """An aggregator whose answer depends on the order of the photos."""

    @tf.function(input_signature=[tf.TensorSpec((None, 1024), tf.uint8)])
    def predict(self, features):
        values = tf.cast(features[:, :178], tf.float32) / 255.0
        return {
            "probabilities": values[0],
            "contributions": values,
            "photo_probabilities": values,
        }


def test_the_order_of_photos_is_checked_on_the_int8_file_too(bundle):
    assert load_card(bundle).aggregator.int8_file
    module = FirstPhotoDecides()
    folder = bundle.parent / "saved"
    tf.saved_model.save(module, folder, signatures={"predict": module.predict})
    content = tf.lite.TFLiteConverter.from_saved_model(str(folder)).convert()
    (bundle / "aggregator-int8.tflite").write_bytes(content)
    seal(bundle)
    found = problems(bundle)
    assert "aggregator-int8.tflite: expected probabilities" in found["order of photos"]
