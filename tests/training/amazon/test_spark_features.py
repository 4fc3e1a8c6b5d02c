"""Features by Spark are those of one machine, on a cluster that loses a worker too."""

import hashlib
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from standalone_cluster import StandaloneCluster

from photo_interests.bundles import find_bundle
from photo_interests.card import load_card
from photo_interests.photo_reader import PhotoReader
from training.amazon.extract import Chunk, Extract, extract_here, extract_pictures
from training.amazon.spark_features import extract_by_spark
from training.amazon.spark_session import spark_session

PICTURES = 14
BROKEN = "B0007"
CARD = load_card(find_bundle())
READER = PhotoReader(find_bundle(), CARD, 2, 1)
Extracted = tuple[dict[str, np.ndarray], dict[str, str]]


def drawn_pictures(folder: Path, count: int) -> dict[str, tuple[Path, str]]:
    folder.mkdir()
    random = np.random.default_rng(1)
    pictures = {}
    for number in range(count):
        path = folder / f"B{number:04}"
        coarse = Image.fromarray(random.integers(0, 256, (6, 6, 3), np.uint8))
        coarse.resize((300, 260)).save(path, "jpeg")
        if path.name == BROKEN:
            path.write_bytes(b"no photo")
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        pictures[path.name] = (path, sha256)
    return pictures


def assert_same(one: Extracted, other: Extracted) -> None:
    assert one[1] == other[1] and set(one[1]) == {BROKEN}
    assert one[0].keys() == other[0].keys()
    for item, features in one[0].items():
        np.testing.assert_array_equal(features, other[0][item])
    assert len({features.tobytes() for features in one[0].values()}) == len(one[0])


@pytest.mark.slow
def test_spark_gives_the_same_features_and_goes_on_from_one_machine(
    tmp_path: Path,
) -> None:
    pictures = drawn_pictures(tmp_path / "pictures", PICTURES)
    here = extract_here(READER)
    expected = extract_pictures(pictures, CARD, here, tmp_path / "expected", 4)
    work = tmp_path / "work"

    with pytest.raises(KeyboardInterrupt):
        extract_pictures(pictures, CARD, stopped_after_one(here), work, 4)
    (first,) = work.iterdir()
    written = first.stat().st_mtime_ns
    with spark_session("local[2]") as session:
        by_spark = extract_by_spark(session, READER)
        found = extract_pictures(pictures, CARD, by_spark, work, 4)
    assert_same(found, expected)
    assert first.stat().st_mtime_ns == written
    assert len(list(work.iterdir())) == 4
    assert_same(extract_pictures(pictures, CARD, refused, work, 4), expected)


def stopped_after_one(extract: Extract) -> Extract:
    def stopping(chunks: list[Chunk]) -> Iterator[int]:
        yield from extract(chunks[:1])
        raise KeyboardInterrupt

    return stopping


def refused(chunks: list[Chunk]) -> Iterator[int]:
    assert not chunks, "all was extracted before"
    yield from ()


@pytest.fixture
def cluster(project_root: Path, tmp_path: Path) -> Iterator[StandaloneCluster]:
    logs = tmp_path / "cluster"
    logs.mkdir()
    started = StandaloneCluster(2, logs, project_root, sys.executable)
    yield started
    started.stop()


@pytest.mark.long
def test_a_cluster_that_loses_a_worker_gives_the_same_features(
    cluster: StandaloneCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    pictures = drawn_pictures(tmp_path / "pictures", 600)
    here = extract_here(READER)
    expected = extract_pictures(pictures, CARD, here, tmp_path / "expected", 20)
    work = tmp_path / "work"
    written_at_the_kill: list[int] = []

    def kill_in_mid_job() -> None:
        while len(list(work.glob("[!.]*.parquet"))) < 4:
            time.sleep(0.05)
        cluster.kill_worker(0)
        written_at_the_kill.append(len(list(work.glob("[!.]*.parquet"))))

    with spark_session(cluster.url) as session:
        work.mkdir()
        killer = threading.Thread(target=kill_in_mid_job, daemon=True)
        killer.start()
        by_spark = extract_by_spark(session, READER)
        found = extract_pictures(pictures, CARD, by_spark, work, 20)
    killer.join(timeout=10)
    assert written_at_the_kill and written_at_the_kill[0] < 30
    assert cluster.alive() == 1
    assert_same(found, expected)
