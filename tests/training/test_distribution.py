"""Training on several devices and workers equals that on one, also after a kill."""

import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import keras
import numpy as np
import pytest
from synthetic import small_users

from training.aggregators.config import PhotoEvidenceConfig, SetTrainingConfig
from training.aggregators.fit import AGGREGATOR, fit
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.mean_pool import MeanPool
from training.backbone.fit import BackboneRun
from training.distribution import Distribution, Strategy
from training.features.feature_set import FeatureSet
from training.runs import Record

SCRIPT = Path(__file__).parent / "distributed_run.py"
EPOCHS = 8
SECONDS = 900
"""For what takes half a minute where nothing else runs."""
CONFIG = SetTrainingConfig(
    # 31 users in a batch: two replicas get parts of differing size
    "average", PooledAggregator, {"pool": MeanPool()},
    epochs=EPOCHS, patience=99, learning_rate=0.05, batch_users=31,
)  # fmt: skip


class Cluster:
    """Processes of the script: one, or two workers that know each other."""

    def __init__(self, root: Path, arguments: Path, what: str) -> None:
        self.root, self.arguments, self.what = root, arguments, what
        self.started: list[subprocess.Popen] = []

    def start(self, kind: str, directory: Path) -> list[subprocess.Popen]:
        addresses = [f"127.0.0.1:{free_port()}" for _ in range(2)]
        tasks = range(2) if kind == "workers" else [None]
        processes = [
            subprocess.Popen(
                [sys.executable, SCRIPT, kind, self.what, self.arguments, directory],
                env=self.environment(addresses, task),
            )
            for task in tasks
        ]
        self.started += processes
        return processes

    def environment(self, addresses: list[str], task: int | None) -> dict[str, str]:
        environment = {**os.environ, "PYTHONPATH": str(self.root)}
        if task is not None:
            worker = {"type": "worker", "index": task}
            config = {"cluster": {"worker": addresses}, "task": worker}
            environment["TF_CONFIG"] = json.dumps(config)
        return environment

    def stop(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def aggregators(
    project_root: Path, feature_set: FeatureSet, tmp_path: Path
) -> Iterator[Cluster]:
    arguments = tmp_path / "arguments.pickle"
    arguments.write_bytes(pickle.dumps((CONFIG, feature_set, small_users(feature_set))))
    cluster = Cluster(project_root, arguments, "aggregator")
    yield cluster
    cluster.stop()


def assert_same(one: Path, other: Path) -> None:
    runs = [root / CONFIG.name for root in (one, other)]
    first, second = (keras.saving.load_model(run / AGGREGATOR) for run in runs)
    for a, b in zip(first.weights, second.weights, strict=True):
        np.testing.assert_allclose(a.numpy(), b.numpy(), atol=1e-4)
    maps = [Record.load(run).values["validation_map"] for run in runs]
    assert len(maps[0]) == EPOCHS
    np.testing.assert_allclose(*maps, atol=1e-4)


@pytest.mark.slow
def test_two_devices_train_the_weights_that_one_trains(
    aggregators: Cluster, feature_set: FeatureSet, tmp_path: Path
) -> None:
    (process,) = aggregators.start("devices", tmp_path / "two")
    fit(CONFIG, feature_set, small_users(feature_set), tmp_path / "one")
    assert process.wait() == 0
    assert_same(tmp_path / "one", tmp_path / "two")


@pytest.mark.long
def test_two_workers_train_the_weights_that_one_trains_though_one_is_killed(
    aggregators: Cluster, feature_set: FeatureSet, tmp_path: Path
) -> None:
    fit(CONFIG, feature_set, small_users(feature_set), tmp_path / "one")
    unbroken = aggregators.start("workers", tmp_path / "unbroken")
    assert [process.wait() for process in unbroken] == [0, 0]
    assert_same(tmp_path / "one", tmp_path / "unbroken")

    killed = tmp_path / "killed"
    chief, worker = aggregators.start("workers", killed)
    wait_for(killed, "*/unfinished/latest/ckpt-[1-9]*.index", chief)
    worker.send_signal(signal.SIGKILL)
    assert chief.wait(timeout=SECONDS) != 0, "the chief cannot have finished alone"
    assert not list(killed.rglob(AGGREGATOR))
    again = aggregators.start("workers", killed)
    assert [process.wait() for process in again] == [0, 0]
    assert_same(tmp_path / "one", killed)


@pytest.mark.long
def test_two_workers_fine_tune_the_backbone_though_one_is_killed(
    project_root: Path, small_config, coloured_photos, weights_data, tmp_path: Path
) -> None:
    index = {"a": 0, "b": 1, "c": 2}
    arguments = (small_config, *coloured_photos, index, weights_data)
    file = tmp_path / "arguments.pickle"
    file.write_bytes(pickle.dumps(arguments))
    cluster = Cluster(project_root, file, "backbone")
    runs = tmp_path / "runs"
    try:
        chief, worker = cluster.start("workers", runs)
        wait_for(runs, "small-*/unfinished/stage-0.weights.h5", chief)
        worker.send_signal(signal.SIGKILL)
        assert chief.wait(timeout=SECONDS) != 0
        again = cluster.start("workers", runs)
        assert [process.wait() for process in again] == [0, 0]
    finally:
        cluster.stop()
    accuracy = BackboneRun(*arguments, tmp_path / "one").fit()
    top1 = Record.load(runs / "small").values["top1"]
    assert top1 == pytest.approx(accuracy, abs=0.1)
    assert top1["tuned_probe_test"] == 1.0


def wait_for(folder: Path, pattern: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + SECONDS
    while not list(folder.glob(pattern)):
        assert process.poll() is None, "training ended before a worker was killed"
        assert time.monotonic() < deadline, f"{pattern} never appeared in {folder}"
        time.sleep(0.02)


def test_workers_without_a_cluster_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TF_CONFIG", raising=False)
    with pytest.raises(ValueError, match="expected TF_CONFIG to name .* received"):
        Distribution(Strategy.WORKERS)


def test_photo_evidence_is_not_distributed(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    import tensorflow as tf

    spread = Distribution(tf.distribute.MirroredStrategy(["CPU:0"]))
    config = PhotoEvidenceConfig("evidence")
    with pytest.raises(ValueError, match="evidence: expected strategy one"):
        fit(
            config,
            feature_set,
            small_users(feature_set),
            tmp_path,
            distribution=spread,
        )
