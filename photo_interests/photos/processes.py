"""How worker processes are started, and how many."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from pathlib import Path

FORKSERVER = "forkserver" in multiprocessing.get_all_start_methods()
# What every worker needs, loaded once in the server the workers are forked from.
# Pillow would load its decoders with the first photo, in each worker again.
DECODERS = ("Jpeg", "Png", "WebP", "Gif", "Bmp", "Ppm", "Tiff", "Avif")
PRELOADED = [
    "photo_interests.photos.photo_reader",
    *(f"PIL.{name}ImagePlugin" for name in DECODERS),
]
# A photo of 12 megapixels needs 150 MB; the largest that are decoded need 800 MB.
WORKER_MEMORY_BYTES = 400_000_000
CGROUP = Path("/sys/fs/cgroup")
MEMORY = Path("/proc/meminfo")


def worker_context() -> BaseContext:
    """Return a context that never forks this process, which may have threads by now.

    The server that workers are forked from needs a socket in the folder for temporary
    files; where there is none, or its name is too long, each worker starts by itself.
    """
    if not FORKSERVER:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    try:
        resource_tracker.ensure_running()  # which would unblock signals below
        with no_interrupts():
            forkserver.ensure_running()
    except OSError:
        return multiprocessing.get_context("spawn")
    return context


@contextmanager
def no_interrupts() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, since blocked signals are inherited.

    Ctrl-C reaches the whole process group: this process answers it, and ends the rest.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)


def warm_up() -> None:
    """Let the workers' libraries load while this process does something else."""
    worker_context()


def usable_cores() -> int:
    """Return the number of CPU cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def default_workers() -> int:
    """Return one worker per usable core, or fewer where memory is short."""
    memory = free_memory_bytes()
    if memory is None:
        return usable_cores()
    return max(1, min(usable_cores(), memory // WORKER_MEMORY_BYTES))


def free_memory_bytes() -> int | None:
    """Return the memory that is free for this process; None where that is unknown."""
    limits = []
    with suppress(OSError, ValueError, IndexError):
        line = MEMORY.read_text().split("MemAvailable:")[1]
        limits.append(1024 * int(line.split()[0]))
    with suppress(OSError, ValueError):  # "max" is no number: there is no limit
        limit = int((CGROUP / "memory.max").read_text())
        limits.append(limit - int((CGROUP / "memory.current").read_text()))
    return max(0, min(limits)) if limits else None
