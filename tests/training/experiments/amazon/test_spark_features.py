"""Features by Spark are those of one machine, on a cluster that loses a worker too."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import BROKEN, drawn_pictures
from standalone_cluster import StandaloneCluster

from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.photos.photo_reader import PhotoReader
from training.experiments.amazon.engines import spark_session
from training.experiments.amazon.extract import (
    Chunk,
    Extract,
    Extracted,
    extract_by_spark,
    extract_here,
    extract_pictures,
)

PICTURES = 14
CARD = load_card(find_bundle())
READER = PhotoReader(find_bundle(), CARD, 2, 1)


def assert_same(one: Extracted, other: Extracted, pictures: dict[str, Path]) -> None:
    assert one.broken == other.broken and set(one.broken) == {BROKEN}
    keys = sorted(pictures.keys() - {BROKEN})
    first, second = (np.zeros((len(keys), one.dimension), np.uint8) for _ in range(2))
    one.gather(keys, first)
    other.gather(keys, second)
    np.testing.assert_array_equal(first, second)
    assert len({features.tobytes() for features in first}) == len(keys)


@pytest.mark.slow
def test_spark_gives_the_same_features_and_resumes_from_one_machine(
    tmp_path: Path,
) -> None:
    pictures = drawn_pictures(tmp_path / "pictures", PICTURES)
    here = extract_here(READER)
    expected = extract_pictures(pictures, CARD, here, tmp_path / "expected", 4)
    work = tmp_path / "work"

    with pytest.raises(KeyboardInterrupt):
        extract_pictures(pictures, CARD, stopped_after_one(here), work, 4)
    (first,) = work.rglob("*.parquet")
    written = first.stat().st_mtime_ns
    with spark_session("local[2]") as session:
        by_spark = extract_by_spark(session, READER)
        found = extract_pictures(pictures, CARD, by_spark, work, 4)
    assert_same(found, expected, pictures)
    assert first.stat().st_mtime_ns == written
    assert len(list(work.rglob("*.parquet"))) == 4
    again = extract_pictures(pictures, CARD, refused, work, 4)
    assert_same(again, expected, pictures)


def stopped_after_one(extract: Extract) -> Extract:
    def stopping(chunks: list[Chunk]) -> Iterator[int]:
        yield from extract(chunks[:1])
        raise KeyboardInterrupt

    return stopping


def refused(chunks: list[Chunk]) -> Iterator[int]:
    assert not chunks, "all was extracted before"
    yield from ()


@pytest.mark.long
def test_a_cluster_that_loses_a_worker_gives_the_same_features(
    cluster: StandaloneCluster, tmp_path: Path
) -> None:
    pictures = drawn_pictures(tmp_path / "pictures", 600)
    here = extract_here(READER)
    expected = extract_pictures(pictures, CARD, here, tmp_path / "expected", 20)
    work = tmp_path / "work"
    written_at_the_kill: list[int] = []

    def kill_in_mid_job() -> None:
        while len(list(work.rglob("[!.]*.parquet"))) < 4:
            time.sleep(0.05)
        cluster.kill_worker(0)
        written_at_the_kill.append(len(list(work.rglob("[!.]*.parquet"))))

    with spark_session(cluster.url) as session:
        work.mkdir()
        killer = threading.Thread(target=kill_in_mid_job, daemon=True)
        killer.start()
        by_spark = extract_by_spark(session, READER)
        found = extract_pictures(pictures, CARD, by_spark, work, 20)
    killer.join(timeout=10)
    assert written_at_the_kill and written_at_the_kill[0] < 30
    assert cluster.alive() == 1
    assert_same(found, expected, pictures)
