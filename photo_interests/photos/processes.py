"""The way worker processes are started."""

import multiprocessing
import os
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

FORKSERVER = "forkserver" in multiprocessing.get_all_start_methods()
# What every worker needs, loaded once in the server the workers are forked from.
# Pillow would load its decoders with the first photo, in each worker anew.
DECODERS = ("Jpeg", "Png", "WebP", "Gif", "Bmp", "Ppm", "Tiff", "Avif")
PRELOADED = [
    "photo_interests.photos.photo_reader",
    *(f"PIL.{name}ImagePlugin" for name in DECODERS),
]


def worker_context() -> BaseContext:
    """A context that never forks this process, which may have threads by now."""
    if not FORKSERVER:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def warm_up() -> None:
    """Let the workers' libraries load while this process does something else."""
    worker_context()
    if FORKSERVER:
        forkserver.ensure_running()


def usable_cores() -> int:
    """How many cores this process may use, which can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
