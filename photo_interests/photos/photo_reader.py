"""Reading many photos in several processes with bounded memory."""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.bundle.card import Card
from photo_interests.models.extractor import Extractor
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.pixels import read_pixels
from photo_interests.photos.processes import worker_context

# Enough that no process waits for the parent, few enough to take no memory.
IN_FLIGHT_PER_PROCESS = 4

Outcome = NDArray[np.uint8] | PhotoError


@dataclass(frozen=True)
class PhotoReader:
    """Turns photo files into features, several at the same time.

    Each process decodes and extracts by itself and hands back one row of bytes, so
    memory does not grow with the number of photos. A decoder that crashes takes
    only its process along: the file is named and the others are read.

    Attributes:
        bundle: folder of the bundle.
        card: its card.
        processes: how many read.
        threads: of the interpreter in each process.
    """

    bundle: Path
    card: Card
    processes: int
    threads: int

    def read(self, photos: Sequence[Path]) -> Iterator[tuple[int, Outcome]]:
        """Yield the index of each photo once, as it is done.

        Yields:
            Index and features `(dimension,)`, or the error of a photo that cannot
            be read.

        Raises:
            CardError: the extractor is not as the card says.
        """
        processes = max(1, min(self.processes, len(photos)))
        pending = iter(range(len(photos)))
        suspects: list[int] = []
        limit = processes * IN_FLIGHT_PER_PROCESS
        while lost := (yield from self._read(photos, pending, processes, limit)):
            suspects += lost
        # One of those in flight killed its process. Alone, each shows what it does.
        again = iter(sorted(suspects))
        while lost := (yield from self._read(photos, again, 1, 1)):
            yield lost[0], PhotoError(photos[lost[0]], "broken: it crashes the decoder")

    def _read(
        self, photos: Sequence[Path], pending: Iterator[int], processes: int, limit: int
    ) -> Generator[tuple[int, Outcome], None, list[int]]:
        """Read until all is done, or return what was in flight when one died."""
        in_flight: dict[Future[Outcome], int] = {}
        pool = self._pool(processes)
        try:
            while True:
                for index in islice(pending, limit - len(in_flight)):
                    in_flight[_submit(pool, photos[index])] = index
                if not in_flight:
                    return []
                for future in wait(in_flight, return_when=FIRST_COMPLETED).done:
                    if isinstance(future.exception(), BrokenProcessPool):
                        return list(in_flight.values())
                    yield in_flight.pop(future), future.result()
        finally:
            pool.shutdown(cancel_futures=True)

    def _pool(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            processes,
            worker_context(),
            _start,
            (self.bundle, self.card, self.threads),
        )


def _submit(pool: ProcessPoolExecutor, photo: Path) -> Future[Outcome]:
    try:
        return pool.submit(_read_photo, photo)
    except BrokenProcessPool as error:
        failed: Future[Outcome] = Future()
        failed.set_exception(error)
        return failed


class _Worker:
    """What a reading process keeps between photos."""

    bundle: Path
    card: Card
    threads: int
    extractor: Extractor | None = None


def _start(bundle: Path, card: Card, threads: int) -> None:
    _Worker.bundle, _Worker.card, _Worker.threads = bundle, card, threads
    # What is loaded stays: without this, garbage is sought in it after every photo.
    gc.freeze()
    # The memory of the last photo serves the next, up to 32 MB: asking the system for
    # it anew can take a tenth of the time to decode.
    Image.core.set_blocks_max(2)
    # Ctrl-C reaches the whole group; the parent decides what happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A killed parent says nothing to its pool, which would wait for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _read_photo(path: Path) -> Outcome:
    try:
        pixels = read_pixels(path, _Worker.card.input)
    except PhotoError as error:
        return error
    # Made here, not at the start: what it raises then reaches the parent by name.
    if _Worker.extractor is None:
        _Worker.extractor = Extractor(_Worker.bundle, _Worker.threads, _Worker.card)
    return _Worker.extractor(pixels[None])[0]
