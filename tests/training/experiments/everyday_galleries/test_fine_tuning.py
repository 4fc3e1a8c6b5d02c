"""Fine-tuning of the last blocks, on a small network from photos to int8."""

from pathlib import Path

import keras
import numpy as np
import pytest
from PIL import Image

from tests.training.backbone.drawn_efficientnet import drawn_weights
from training.backbone.efficientnet import build_efficientnet, split_before
from training.experiments.everyday_galleries.fine_tuning import train, tuning_loss
from training.experiments.everyday_galleries.frozen_maps import VIEWS, FrozenBlocks
from training.experiments.everyday_galleries.tuning_examples import (
    Batches,
    Examples,
    TuningConfig,
)
from training.features.feature_set import FeatureSet
from training.interests.parts import FEATURES, load_parts
from training.interests.photo_groups import SCENES
from training.interests.photo_head import PhotoHead

CLASSES, LABELLED, SCENE_CLASSES, DIMENSION = 5, 2, 4, 12
PHOTOS = 96
CONFIG = TuningConfig(epochs=6, batch_size=16, learning_rate=3e-3, held_out=4)
OUTPUTS = CLASSES + LABELLED + SCENE_CLASSES + 1
SCENES_OF_HEAD = np.arange(CLASSES + LABELLED, OUTPUTS - 1)


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> FrozenBlocks:
    """Two scenes of two photos each, below the frozen blocks of a small network."""
    data = tmp_path_factory.mktemp("data")
    random = np.random.default_rng(3)
    for scene in ("beach", "street"):
        folder = data / "miniplaces" / "train" / scene
        folder.mkdir(parents=True)
        for number in range(2):
            pixels = random.integers(0, 256, (8, 8, 3), np.uint8)
            image = Image.fromarray(pixels).resize((128, 128), Image.Resampling.NEAREST)
            image.save(folder / f"{number}.jpg")
    lower, upper = split_before(build_efficientnet(drawn_weights()), 14)
    squares = random.integers(0, 256, (8, 14, 14, 3), np.uint8)
    photos = squares.repeat(16, axis=1).repeat(16, axis=2)
    stored = FeatureSet.load(FEATURES)
    cache = tmp_path_factory.mktemp("cache")
    return FrozenBlocks(lower, upper, photos, data, stored, cache)


def test_maps_are_those_of_the_blocks_and_are_read_once(blocks: FrozenBlocks) -> None:
    found = blocks.read(SCENES)
    assert found.maps.shape == (4, VIEWS[SCENES], 7, 7, 8)
    assert found.maps.dtype == np.uint8
    assert found.features.shape == (4, VIEWS[SCENES], DIMENSION)
    path = blocks.groups.paths(SCENES)[1]
    size = (224, 224)
    pixels = Image.open(path).convert("RGB").resize(size, Image.Resampling.BILINEAR)
    photo = np.asarray(pixels, np.float32)[None] / 127.5 - 1
    lower, upper = split_before(build_efficientnet(drawn_weights()), 14)
    exact = lower(photo).numpy()
    received = blocks.real(found.maps[1, :1])
    assert np.corrcoef(received.ravel(), exact.ravel())[0, 1] > 0.9
    assert abs(received.mean() - exact.mean()) < 0.1 * exact.std()
    above = upper(received).numpy()
    np.testing.assert_allclose(found.features[1, :1], above, atol=0.01)
    path.unlink()  # what is kept is not read again
    assert len(blocks.read(SCENES).maps) == 4


def drawn_head() -> PhotoHead:
    random = np.random.default_rng(4)
    arrays = {**load_parts().head.__dict__}
    arrays |= {
        "mean": np.full(DIMENSION, 1.0, np.float32),
        "inverse_deviation": np.ones(DIMENSION, np.float32),
        "student_kernel": random.normal(0, 0.1, (DIMENSION, CLASSES)),
        "student_bias": np.zeros(CLASSES),
        "student_scale": np.array([1.0, 0.0]),
        "new_kernel": np.zeros((DIMENSION, OUTPUTS - CLASSES)),
        "new_bias": np.zeros(OUTPUTS - CLASSES),
        "labelled_bias": np.zeros(LABELLED + 1),
    }
    return PhotoHead(**arrays)


def drawn_examples() -> Examples:
    """Scenes whose maps differ in their channels, two views each."""
    random = np.random.default_rng(5)
    scene = random.permutation(PHOTOS) % SCENE_CLASSES
    maps = random.normal(128, 8, (PHOTOS, 2, 7, 7, 8))
    maps[np.arange(PHOTOS), :, :, :, scene] += 60
    answers = np.full((PHOTOS, 2, CLASSES), 1 / CLASSES, np.float16)
    targets = np.zeros((PHOTOS, OUTPUTS), np.float32)
    targets[:, :CLASSES] = 0.5 / CLASSES
    targets[np.arange(PHOTOS), SCENES_OF_HEAD[scene]] = 0.5
    targets[::6] = 0
    targets[::6, CLASSES] = 1
    return Examples(
        [maps.clip(0, 255).astype(np.uint8)],
        [answers],
        targets,
        np.zeros(PHOTOS, int),
        np.arange(PHOTOS),
    )


def test_training_learns_scenes(blocks: FrozenBlocks, tmp_path: Path) -> None:
    before = [one.copy() for one in blocks.upper.get_weights()]
    upper, head, values = train(
        blocks, drawn_examples(), drawn_head(), SCENES_OF_HEAD, CONFIG, tmp_path
    )
    held = values["held out"]
    assert held["after"]["scenes top 1"] > held["before"]["scenes top 1"] + 0.3
    losses = values["losses"]["loss"]
    assert len(losses) == CONFIG.epochs
    assert losses[-1] < losses[0] - 0.3
    assert values["photos"] == PHOTOS * 3 // 4
    kernels = zip(before, upper.get_weights(), strict=True)
    assert all(np.abs(new - old).max() > 0 for old, new in kernels)
    assert head.new_kernel.shape == (DIMENSION, OUTPUTS - CLASSES)
    assert np.abs(head.new_kernel).max() > 0


def test_batches_give_every_photo_once_and_other_views_each_epoch() -> None:
    examples = drawn_examples()
    batches = Batches(examples, np.arange(PHOTOS), CONFIG, shuffled=True)
    orders = []
    for _ in range(2):
        given = [batches[number] for number in range(len(batches))]
        assert sum(len(maps) for maps, _ in given) == PHOTOS
        orders.append((batches.order.copy(), batches.draws.copy()))
        batches.on_epoch_end()
    assert sorted(orders[0][0]) == sorted(orders[1][0]) == list(range(PHOTOS))
    assert (orders[0][0] != orders[1][0]).any()
    assert (orders[0][1] != orders[1][1]).any()
    maps, wanted = batches[0]
    assert maps.shape == (16, 7, 7, 8)
    assert wanted.shape == (16, OUTPUTS + CLASSES)


def test_scenes_count_among_scenes_alone() -> None:
    loss = tuning_loss(drawn_head(), SCENES_OF_HEAD, TuningConfig(smoothing=0))
    plain = tuning_loss(drawn_head(), SCENES_OF_HEAD, TuningConfig(scenes=0))
    wanted = np.zeros((2, OUTPUTS + CLASSES), np.float32)
    wanted[0, SCENES_OF_HEAD[0]] = wanted[1, CLASSES] = 1
    wanted[:, OUTPUTS] = 1
    logits = np.zeros((2, OUTPUTS), np.float32)
    extra = keras.ops.convert_to_numpy(loss(wanted, logits) - plain(wanted, logits))
    np.testing.assert_allclose(extra, [np.log(SCENE_CLASSES), 0], atol=1e-5)
