import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from standalone_cluster import StandaloneCluster  # noqa: E402 (found by the line above)


@pytest.fixture
def cluster(
    project_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[StandaloneCluster]:
    """Two workers, and this process as their driver."""
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    logs = tmp_path / "cluster"
    logs.mkdir()
    started = StandaloneCluster(2, logs, project_root, sys.executable)
    yield started
    started.stop()
