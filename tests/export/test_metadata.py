import dataclasses
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema

from export.labels import label_files
from export.metadata import embed, expected_metadata
from export.metadata_writer import ModelText, write_metadata
from export.signature_runner import SignatureRunner
from export.tflite_file import TFLiteFile
from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle

TEXT = ModelText("name", "what it is", "1.0.0", "someone", "CC0", ())


def misaligned_buffers(content: bytes) -> list[int]:
    model = schema.Model.GetRootAs(content, 0)
    places = []
    for index in range(model.BuffersLength()):
        buffer = model.Buffers(index)
        if buffer.DataLength():
            places.append(buffer._tab.Vector(buffer._tab.Offset(4)))
    assert places
    return [place for place in places if place % 16]


def test_outputs_stay_bit_equal(extractor_files, photos):
    for model, image in zip(
        extractor_files, (photos[:1], photos[:1].astype(np.float32)), strict=True
    ):
        changed = embed(model, write_metadata(TEXT), {"labels.txt": b"a\nb\n"})
        before = SignatureRunner(model.content)("features", image=image)
        after = SignatureRunner(changed)("features", image=image)
        assert (before["features"] == after["features"]).all()


def test_weights_stay_aligned(extractor_files):
    changed = embed(extractor_files[1], write_metadata(TEXT), {"odd.txt": b"123"})
    assert misaligned_buffers(changed) == []


def test_everything_else_is_kept(extractor_files):
    model = extractor_files[0]
    metadata = write_metadata(TEXT)
    changed = TFLiteFile(embed(model, metadata, {"a.txt": b"1"}), "changed")
    assert changed.metadata == metadata
    assert changed.attached_files == {"a.txt": b"1"}
    assert changed.operators == model.operators
    assert changed.signatures == model.signatures
    assert changed.minimum_runtime == model.minimum_runtime
    assert changed.constant_bytes == model.constant_bytes


def test_replaces_metadata_and_files(extractor_files):
    model = extractor_files[0]
    first = TFLiteFile(embed(model, b"long metadata" * 9, {"a.txt": b"1"}), "first")
    second = embed(first, write_metadata(TEXT), {"b.txt": b"2"})
    assert second == embed(model, write_metadata(TEXT), {"b.txt": b"2"})


def test_same_text_same_bytes():
    assert write_metadata(TEXT) == write_metadata(TEXT)
    other = dataclasses.replace(TEXT, version="1.0.1")
    assert write_metadata(TEXT) != write_metadata(other)


def test_labels_are_lines_in_the_outputs_order(released):
    card = load_card(released)
    files = label_files(card)
    assert list(files) == ["labels.txt", "labels-de.txt", "labels-en.txt"]
    for content in files.values():
        assert len(content.decode().splitlines()) == len(card.interests)
    assert files["labels.txt"].decode().splitlines()[7] == card.interests[7].id
    with zipfile.ZipFile(released / "aggregator.tflite") as archive:
        assert archive.read("labels-de.txt") == files["labels-de.txt"]


def test_metadata_follows_the_card(released):
    card = load_card(released)
    model = TFLiteFile.read(released / "extractor.tflite")
    changed = card.model_copy(
        update={"input": card.input.model_copy(update={"zero_point": 126})}
    )
    assert expected_metadata(card, "extractor.tflite", model) == model.metadata
    assert expected_metadata(changed, "extractor.tflite", model) != model.metadata


@pytest.fixture(scope="session")
def metadata_python(project_root) -> Path:
    """Python 3.11 with tflite-support: `METADATA_PYTHON`, or made once and cached."""
    if "METADATA_PYTHON" in os.environ:
        return Path(os.environ["METADATA_PYTHON"])
    return make_environment(project_root / "requirements" / "metadata.lock")


def make_environment(lock: Path) -> Path:
    from hashlib import sha256

    key = sha256(lock.read_bytes()).hexdigest()[:16]
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    environment = home / "photo-interests" / f"metadata-{key}"
    python = environment / "bin" / "python"
    # Written last, so that an interrupted installation is done again.
    complete = environment / "complete"
    if not complete.exists():
        shutil.rmtree(environment, ignore_errors=True)
        subprocess.run(["python3.11", "-m", "venv", environment], check=True)
        install = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock]
        subprocess.run([python, *install], check=True)
        complete.touch()
    return python


def read_back(python: Path, root: Path, bundle: Path):
    script = root / "export" / "read_metadata.py"
    return subprocess.run(
        [python, script, bundle], capture_output=True, text=True, check=False
    )


@pytest.mark.needs_python311
@pytest.mark.slow
def test_tflite_support_reads_what_the_card_says(
    metadata_python, project_root, released
):
    result = read_back(metadata_python, project_root, released)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("as the card says") == 4


@pytest.mark.needs_python311
@pytest.mark.slow
@pytest.mark.parametrize(
    ("written", "claimed", "complaint"),
    [
        ('"zero_point": 127,', '"zero_point": 126,', "mean: expected [126]"),
        ('"version": "1.2.3"', '"version": "9.9.9"', "version: expected 9.9.9"),
        ('"id": "caltech.', '"id": "other.', "labels: expected"),
    ],
)
def test_tflite_support_sees_a_card_that_says_otherwise(
    metadata_python, project_root, bundle, written, claimed, complaint
):
    card = bundle / "card.json"
    text = card.read_text()
    assert written in text
    card.write_text(text.replace(written, claimed))
    result = read_back(metadata_python, project_root, bundle)
    assert result.returncode == 1, result.stdout + result.stderr
    assert complaint in result.stdout


def test_reader_stands_alone(project_root):
    """It runs where nothing of the project is installed."""
    text = (project_root / "export" / "read_metadata.py").read_text()
    imported = {
        line.split()[1].partition(".")[0]
        for line in text.splitlines()
        if line.startswith(("import ", "from "))
    }
    third_party = imported - set(sys.stdlib_module_names)
    assert third_party == {"libusb_package", "tflite_support"}


def test_a_new_version_leaves_the_extractor_as_it_is() -> None:
    """Else every phone would read all its photos again."""
    bundle = find_bundle()
    card = load_card(bundle)
    newer = card.model_copy(update={"version": "9.9.9"})
    files = {name: TFLiteFile.read(bundle / name) for name in card.model_files()}
    for name, model in files.items():
        is_extractor = name.startswith("extractor")
        same = expected_metadata(newer, name, model) == expected_metadata(
            card, name, model
        )
        assert same == is_extractor
