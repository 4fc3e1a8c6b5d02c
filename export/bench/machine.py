"""The machine of the bench, and two limits of it to hold the numbers against."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from export.bench.paired import Settings, in_turns

PACKAGES = ("ai-edge-litert", "tensorflow-cpu", "keras", "numpy", "pillow")
COPIED_BYTES = 2**28
SIDE = 1024
TURNS = 9


def measure(settings: Settings) -> dict[str, Any]:
    """Describe the machine and time two things that nothing here can do faster.

    Returns:
        `load` (processes that wanted a core in the last minute), `cpu`, `cores`,
        `memory_bytes`, `system`, `python`, `packages`;
        `copied_bytes_per_second` (read and written, one thread) and
        `float_macs_per_second` of a float32 matrix product, which numpy spreads over
        the cores.
    """
    source = np.ones(COPIED_BYTES, np.uint8)
    target = np.empty_like(source)
    left = np.ones((SIDE, SIDE), np.float32)
    seconds = in_turns(
        {"copy": lambda: np.copyto(target, source), "product": lambda: left @ left},
        settings.turns(TURNS),
    )
    return {
        "load": os.getloadavg()[0],
        "cpu": _cpu(),
        "cores": os.cpu_count() or 1,
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "copied_bytes_per_second": 2 * COPIED_BYTES / float(np.median(seconds["copy"])),
        "float_macs_per_second": SIDE**3 / float(np.median(seconds["product"])),
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2] for line in lines if line.startswith("model name")]
    return names[0].strip() if names else platform.processor()
