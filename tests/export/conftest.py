"""A small extractor, aggregators of the real kinds and a bundle of both, made once."""

import shutil
from functools import partial
from pathlib import Path

import keras
import numpy as np
import pandas as pd
import pytest

from export.aggregator import export_aggregator
from export.bundle import BundleParts, write_bundle
from export.extractor import compare, convert_extractor, write_extractor
from export.lineage import Origin
from export.signature_runner import SignatureRunner
from photo_interests.bundle.card_sections import PhotoCounts, Source, Step, Training
from training.aggregators.photo_evidence import PhotoEvidence
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.mean_pool import MeanPool
from training.aggregators.pools.two_block_pool import TwoBlockPool
from training.features.feature_set import FeatureSet
from training.photos.catalogue import load_catalogue
from training.runs import Record, sha256_of

WIDTHS = (64, 128, 256, 1024)
KINDS = {
    "average": partial(PooledAggregator, pool=MeanPool()),
    "attention_2_gating": partial(PooledAggregator, pool=TwoBlockPool(), gated=True),
    "photo_evidence": PhotoEvidence,
}
TRAINING = Training(
    summary="A test.",
    photos=PhotoCounts(train=3, validation=2, test=1),
    sources=(Source(name="drawn", license="CC0", attribution="this test"),),
    commands=("pytest",),
    config="none",
)


def normalise_and_clip(x):
    x = keras.layers.BatchNormalization()(x)
    return keras.layers.ReLU(6.0)(x)


def small_extractor(size: int = 224) -> keras.Model:
    """Blocks of MobileNet v1, a tenth of its weights."""
    image = keras.Input((size, size, 3))
    x = keras.layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False)(image)
    x = normalise_and_clip(x)
    for width in WIDTHS:
        x = keras.layers.DepthwiseConv2D(3, 2, "same", use_bias=False)(x)
        x = normalise_and_clip(x)
        x = keras.layers.Conv2D(width, 1, use_bias=False)(x)
        x = normalise_and_clip(x)
    return keras.Model(image, keras.layers.GlobalAveragePooling2D()(x))


def draw_photos(count: int, seed: int) -> np.ndarray:
    """Blurred noise: colours and edges of every kind."""
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 256, (count, 14, 14, 3), dtype=np.uint8)
    return coarse.repeat(16, axis=1).repeat(16, axis=2)


def new_aggregator(kind: str, features: np.ndarray, scale: float):
    keras.utils.set_random_seed(3)
    aggregator = KINDS[kind](
        dimension=features.shape[1],
        categories=len(load_catalogue().categories),
        feature_scale=scale,
    )
    aggregator.build((None, None, features.shape[1]))
    aggregator.adapt(features)
    return aggregator


@pytest.fixture(scope="session")
def keras_extractor() -> keras.Model:
    keras.utils.set_random_seed(1)
    return small_extractor()


@pytest.fixture(scope="session")
def make_extractor():
    """Makes an extractor for photos of a size."""
    return small_extractor


@pytest.fixture(scope="session")
def photos() -> np.ndarray:
    return draw_photos(24, seed=5)


@pytest.fixture(scope="session")
def extractor_files(keras_extractor, photos):
    return convert_extractor(keras_extractor, photos[:12])


@pytest.fixture(scope="session")
def extractor_folder(extractor_files, photos, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("extractor")
    similarity = compare(*extractor_files, photos[12:])
    write_extractor(folder, *extractor_files, similarity, {"seed": 0})
    return folder


@pytest.fixture(scope="session")
def feature_scale(extractor_files) -> float:
    return extractor_files[0].signatures["features"].outputs["features"].scale


@pytest.fixture(scope="session")
def features(extractor_files, photos) -> np.ndarray:
    run = SignatureRunner(extractor_files[0].content)
    rows = [run("features", image=photo[None])["features"] for photo in photos]
    return np.concatenate(rows)


@pytest.fixture(scope="session")
def make_aggregator():
    """Builds an aggregator by kind, with weights that are not trained."""
    return new_aggregator


@pytest.fixture(scope="session")
def aggregators(features, feature_scale):
    return {kind: new_aggregator(kind, features, feature_scale) for kind in KINDS}


@pytest.fixture(scope="session")
def aggregator_files(aggregators, features):
    return {
        kind: export_aggregator(aggregator, features)
        for kind, aggregator in aggregators.items()
    }


@pytest.fixture(scope="session")
def parts(extractor_folder, aggregators, features, origin) -> BundleParts:
    return BundleParts(
        name="drawn",
        version="1.2.3",
        extractor=extractor_folder,
        aggregator=aggregators["photo_evidence"],
        features=features,
        origin=origin,
        catalogue=load_catalogue(),
        training=TRAINING,
        metrics={"top1_test_int8": 0.5},
    )


@pytest.fixture(scope="session")
def origin(extractor_folder, features) -> Origin:
    """What the aggregators of these tests are trained on."""
    extractor = sha256_of(extractor_folder / "extractor.tflite")
    found = sha256_of({"features": features})
    step = Step(
        kind="features",
        name="drawn",
        command="pytest",
        inputs={"extractor": extractor},
        sha256=found,
    )
    return Origin(extractor, found, (step,))


@pytest.fixture(scope="session")
def drawn_set(extractor_folder, features, feature_scale) -> FeatureSet:
    """The features as a set; every photo is a test photo of no category."""
    count = len(features)
    table = pd.DataFrame(
        {
            "photo": np.arange(count, dtype=np.int32),
            "source": "drawn",
            "category": "",
            "label": "noise",
            "none_role": "seen",
            "contributor": np.full(count, -1, np.int32),
            "split": "test",
            "group": np.arange(count, dtype=np.int32),
        }
    )
    extractor = sha256_of(extractor_folder / "extractor.tflite")
    ids = tuple(category.id for category in load_catalogue().categories)
    provenance = {"extractor_sha256": extractor}
    return FeatureSet(features, feature_scale, table, ids, provenance)


@pytest.fixture(scope="session")
def save_trained(drawn_set):
    """Saves an aggregator with the record of a training on the features."""

    def save(folder: Path, aggregator: keras.Model) -> Path:
        folder.mkdir(parents=True)
        path = folder / "aggregator.keras"
        keras.saving.save_model(aggregator, path)
        Record(
            kind="aggregator", name="drawn", command="pytest", config={},
            inputs={"features": drawn_set.sha256}, sha256=sha256_of(path),
            seconds=1.0, peak_memory_bytes=1, cores=1,
        ).save(folder)  # fmt: skip
        return path

    return save


@pytest.fixture(scope="session")
def released(parts, tmp_path_factory) -> Path:
    """A bundle that no test may change."""
    return write_bundle(parts, tmp_path_factory.mktemp("models"))


@pytest.fixture
def bundle(released, tmp_path) -> Path:
    """A copy to damage."""
    return Path(shutil.copytree(released, tmp_path / released.name))
