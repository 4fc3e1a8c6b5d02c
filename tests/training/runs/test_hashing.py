import hashlib
import os
from pathlib import Path

import keras
import pytest

from export.metadata import embed
from export.tflite_file import TFLiteFile
from training.runs import hashing, sha256_of

MODELS = Path("models")


def test_embedded_metadata_and_labels_leave_the_hash_of_a_tflite_file(
    tmp_path: Path,
) -> None:
    for name in ("extractor.tflite", "aggregator.tflite", "extractor-float.tflite"):
        released = MODELS / "everyday-178" / name
        model = TFLiteFile.read(released)
        changed = tmp_path / name
        changed.write_bytes(embed(model, b"other metadata", {"labels.txt": b"a\n"}))
        assert changed.read_bytes() != released.read_bytes()
        assert sha256_of(changed) == sha256_of(released)


def test_a_single_weight_changes_the_hash_of_a_tflite_file(tmp_path: Path) -> None:
    released = MODELS / "everyday-178" / "aggregator.tflite"
    model = TFLiteFile.read(released)
    weights = max(
        (b.data for b in model.model.buffers if b.data is not None), key=len
    ).tobytes()
    content = bytearray(model.content)
    content[content.index(weights) + len(weights) // 2] ^= 1
    (tmp_path / released.name).write_bytes(content)
    assert sha256_of(tmp_path / released.name) != sha256_of(released)


def test_released_extractors_differ() -> None:
    """everyday has the extractor of everyday-1105, byte for byte."""
    files = list(MODELS.glob("*/extractor.tflite"))
    contents = {path.read_bytes() for path in files}
    assert len({sha256_of(path) for path in files}) == len(contents) == len(files) - 1
    same, other = (
        MODELS / name / "extractor.tflite" for name in ("everyday", "everyday-1105")
    )
    assert sha256_of(same) == sha256_of(other)


def test_a_keras_file_counts_by_its_weights_not_by_its_date(tmp_path: Path) -> None:
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    model.save(tmp_path / "one.keras")
    model.save(tmp_path / "two.keras")
    assert sha256_of(tmp_path / "one.keras") == sha256_of(tmp_path / "two.keras")
    model.layers[0].bias.assign([1.0, 0.0])
    model.save(tmp_path / "two.keras")
    assert sha256_of(tmp_path / "one.keras") != sha256_of(tmp_path / "two.keras")


def test_a_large_file_is_hashed_again_only_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "LARGE", 4)
    path, cache = tmp_path / "pixels.npy", tmp_path / "cache.json"
    path.write_bytes(b"abcdef")
    assert sha256_of(path, cache) == hashlib.sha256(b"abcdef").hexdigest()
    text = cache.read_text()
    cache.write_text(text.replace(sha256_of(path), "0" * 64))
    assert sha256_of(path, cache) == "0" * 64  # it was looked up
    os.utime(path, ns=(1, 1))
    assert sha256_of(path, cache) == sha256_of(path)


def test_a_folder_counts_by_its_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    before = sha256_of(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert sha256_of(tmp_path) != before


def test_text_must_be_a_hash() -> None:
    assert sha256_of("a" * 64) == "a" * 64
    with pytest.raises(ValueError, match="64 hex digits, received 'photos.parquet'"):
        sha256_of("photos.parquet")
