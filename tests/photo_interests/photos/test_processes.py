import json
import os
import subprocess
import sys

from photo_interests.photos import processes
from photo_interests.photos.decode import FORMATS
from photo_interests.photos.processes import PRELOADED

OPENERS = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
from PIL import Image
print(json.dumps(list(Image.OPEN)))
"""


def test_workers_begin_with_every_decoder_loaded():
    # The server of the workers ignores names that cannot be imported.
    command = [sys.executable, "-c", OPENERS, json.dumps(PRELOADED)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert set(FORMATS) <= set(json.loads(done.stdout))


def test_fewer_workers_where_memory_is_short(monkeypatch, tmp_path):
    (tmp_path / "meminfo").write_text("MemTotal: 9 kB\nMemAvailable: 1000000 kB\n")
    monkeypatch.setattr(processes, "MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(processes, "CGROUP", tmp_path)
    monkeypatch.setattr(processes, "usable_cores", lambda: 16)
    assert processes.default_workers() == 2
    (tmp_path / "memory.max").write_text("900000000\n")
    (tmp_path / "memory.current").write_text("400000000\n")
    assert processes.default_workers() == 1
    (tmp_path / "memory.max").write_text("max\n")
    assert processes.default_workers() == 2
    (tmp_path / "meminfo").unlink()
    assert processes.default_workers() == 16


def test_workers_start_where_the_server_cannot(monkeypatch, tmp_path):
    code = (
        "from photo_interests.photos.processes import worker_context\n"
        "print(worker_context().get_start_method())"
    )
    long = tmp_path / ("t" * 110)
    long.mkdir()
    for folder, method in ((tmp_path, "forkserver"), (long, "spawn")):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "TMPDIR": str(folder)},
            capture_output=True,
            text=True,
        )
        assert done.stdout == f"{method}\n", done.stderr
