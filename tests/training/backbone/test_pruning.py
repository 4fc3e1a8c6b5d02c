from pathlib import Path

import keras
import numpy as np
import pytest

from training.backbone.mobilenet import at_size
from training.backbone.pruning import least_squares_pruning, prune

PHOTOS = np.random.default_rng(3).uniform(-1, 1, (40, 32, 32, 3)).astype(np.float32)


def silence(extractor: keras.Model, layer: str, channels: np.ndarray) -> None:
    """Let channels of a convolution be the same everywhere."""
    (kernel,) = extractor.get_layer(layer).get_weights()
    kernel[..., channels] = 0.0
    extractor.get_layer(layer).set_weights([kernel])


def test_dead_channels_go_first_and_the_rest_computes_the_same(extractor) -> None:
    random = np.random.default_rng(4)
    for layer in ("conv1", *(f"conv_pw_{block}" for block in range(1, 13))):
        channels = extractor.get_layer(layer).filters
        silence(extractor, layer, random.permutation(channels)[: channels // 4])

    narrow = prune(extractor, 0.75, PHOTOS)

    assert [narrow.get_layer(f"conv_pw_{b}").filters for b in (1, 6, 12, 13)] == [
        48, 384, 768, 1024
    ]  # fmt: skip
    assert narrow.get_layer("conv1").filters == 24
    whole, kept = extractor(PHOTOS).numpy(), narrow(PHOTOS).numpy()
    # The ridge may take a channel that hardly varies before one that is dead.
    error = np.linalg.norm(kept - whole) / np.linalg.norm(whole)
    assert error < 0.02


def test_a_narrow_network_fits_other_sizes_and_is_stored(
    extractor, tmp_path: Path
) -> None:
    narrow = prune(extractor, 0.5, PHOTOS[:8])

    larger = at_size(narrow, 64)
    larger.save(tmp_path / "narrow.keras")
    again = keras.saving.load_model(tmp_path / "narrow.keras")

    assert larger.count_params() == narrow.count_params()
    photos = np.random.default_rng(5).uniform(-1, 1, (2, 64, 64, 3))
    np.testing.assert_array_equal(again(photos), larger(photos))


def test_an_input_that_others_compensate_is_removed_without_loss() -> None:
    random = np.random.default_rng(6)
    inputs = random.normal(0, 1, (500, 5))
    inputs[:, 2] = inputs[:, 0] + 2 * inputs[:, 4]
    kernel = random.normal(0, 1, (5, 3))

    kept, refitted = least_squares_pruning(np.cov(inputs.T), kernel, 4)

    assert len(kept) == 4 and set(kept) | {0, 2, 4} == set(range(5))
    np.testing.assert_allclose(inputs[:, kept] @ refitted, inputs @ kernel, atol=1e-2)


def test_the_refit_is_that_of_least_squares() -> None:
    random = np.random.default_rng(7)
    inputs = random.normal(0, 1, (400, 6)) @ random.normal(0, 1, (6, 6))
    inputs -= inputs.mean(axis=0)
    kernel = random.normal(0, 1, (6, 2))

    kept, refitted = least_squares_pruning(inputs.T @ inputs / len(inputs), kernel, 3)

    best, *_ = np.linalg.lstsq(inputs[:, kept], inputs @ kernel, rcond=None)
    np.testing.assert_allclose(refitted, best, atol=2e-2)


def test_a_width_above_one_is_refused(extractor) -> None:
    with pytest.raises(ValueError, match="at most 1, received 1.5"):
        prune(extractor, 1.5, PHOTOS)
