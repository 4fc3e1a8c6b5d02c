import json
import zipfile
from pathlib import Path

import pytest

from export.third_party.pack import list_pack, read_packs, write_pack
from photo_interests.analysis.card import load_analyzer, write_analyzer
from photo_interests.bundle.card import CardError, record_file


@pytest.fixture
def analyzer(tmp_path) -> Path:
    """The released analyzer of scenes: a card with several files."""
    folder = tmp_path / "scene"
    folder.mkdir()
    released = Path(__file__).parents[3] / "models" / "analyzers" / "scene"
    for path in released.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_a_pack_has_the_card_and_its_files_as_they_are(analyzer, tmp_path):
    pack = write_pack(analyzer, tmp_path / "packs")
    card = load_analyzer(analyzer, "scene")
    assert pack.name == f"scene-{card.version}.pack"
    with zipfile.ZipFile(pack) as archive:
        assert archive.namelist() == ["card.json", *sorted(card.files)]
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert archive.read(entry) == (analyzer / entry.filename).read_bytes()


def test_the_same_files_give_the_same_pack(analyzer, tmp_path):
    first = record_file(write_pack(analyzer, tmp_path / "packs"))
    for path in analyzer.iterdir():
        path.touch()
    assert record_file(write_pack(analyzer, tmp_path / "packs")) == first


def test_a_file_that_differs_from_its_card_is_not_packed(analyzer, tmp_path):
    model = analyzer / load_analyzer(analyzer, "scene").model
    model.write_bytes(model.read_bytes() + b"0")
    with pytest.raises(CardError, match="expected"):
        write_pack(analyzer, tmp_path / "packs")
    assert not (tmp_path / "packs").exists()


def test_the_list_has_each_version_once_the_newest_last(analyzer, tmp_path):
    packs = tmp_path / "packs.json"
    assert read_packs(packs) == []
    card = load_analyzer(analyzer, "scene")
    for version in ("1.0.0", "1.1.0", "1.1.0"):
        write_analyzer(card.model_copy(update={"version": version}), analyzer)
        path = write_pack(analyzer, tmp_path)
        list_pack(path, packs)
    assert [one["version"] for one in read_packs(packs)] == ["1.0.0", "1.1.0"]
    record = record_file(path)
    assert read_packs(packs)[-1] == {
        "name": "scene", "version": "1.1.0", "bytes": record.bytes,
        "sha256": record.sha256,
    }  # fmt: skip
    assert json.loads(packs.read_text())["format"] == 1


def test_the_committed_list_names_the_version_that_is_made_here():
    from export.third_party import identity, species, text

    newest = {one["name"]: one["version"] for one in read_packs()}
    assert newest == {
        "text": text.VERSION,
        "identity": identity.VERSION,
        "birds": species.VERSION,
        "insects": species.VERSION,
    }
