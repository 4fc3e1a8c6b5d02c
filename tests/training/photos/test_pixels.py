from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.pixels import read_pixels
from training.photos import pixels
from training.photos.pixels import load_pixels, pack_pixels, resize


def test_photos_are_averaged_not_sampled() -> None:
    photos = np.zeros((2, 64, 64, 3), np.uint8)
    photos[0, ::2] = 255  # stripes that sampling would keep
    small = resize(photos, 32)
    assert small.shape == (2, 32, 32, 3)
    assert abs(float(small[0, 8:-8].mean()) - 127.5) < 2
    assert resize(photos, 64) is photos
    assert resize(photos[:0], 32).shape == (0, 32, 32, 3)


@pytest.fixture
def table(tmp_path: Path) -> pd.DataFrame:
    random = np.random.default_rng(1)
    for number in range(3):
        picture = random.integers(0, 256, (30, 40, 3), np.uint8)
        Image.fromarray(picture).save(tmp_path / f"{number}.png")
    return pd.DataFrame({"path": [f"{number}.png" for number in range(3)]})


@pytest.fixture
def chunks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Rows where packed chunks of one photo start; the first run stops after two."""
    started: list[int] = []

    def stopping(items: Iterable[int], _: str) -> Iterator[int]:
        for item in items:
            if len(started) == 2:
                started.append(-1)
                raise KeyboardInterrupt
            started.append(item)
            yield item

    monkeypatch.setattr(pixels, "CHUNK", 1)
    monkeypatch.setattr(pixels, "tracked", stopping)
    return started


def test_packing_resumes_after_the_last_whole_chunk(
    tmp_path: Path, table: pd.DataFrame, chunks: list[int]
) -> None:
    output = tmp_path / "pixels.npy"
    with pytest.raises(KeyboardInterrupt):
        pack_pixels(tmp_path, table, output)
    assert not output.exists()

    pack_pixels(tmp_path, table, output)

    assert chunks == [0, 1, -1, 2]
    packed = load_pixels(output)
    for row, name in enumerate(table["path"]):
        expected = read_pixels(tmp_path / name, INPUT_RULE)
        np.testing.assert_array_equal(packed[row], expected)
    assert sorted(path.name for path in tmp_path.glob("pixels*")) == ["pixels.npy"]


def test_packing_starts_over_when_a_photo_has_changed(
    tmp_path: Path, table: pd.DataFrame, chunks: list[int]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        pack_pixels(tmp_path, table, tmp_path / "pixels.npy")
    Image.new("RGB", (50, 50), (200, 10, 10)).save(tmp_path / "0.png")

    pack_pixels(tmp_path, table, tmp_path / "pixels.npy")

    assert chunks == [0, 1, -1, 0, 1, 2]
    first = load_pixels(tmp_path / "pixels.npy")[0]
    assert np.abs(first.astype(int) - (200, 10, 10)).max() <= 1
