"""Worker processes that apply one function to many items, each within a time limit."""

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from photo_interests.photos.processes import no_interrupts, worker_context

Item = TypeVar("Item")
Result = TypeVar("Result")

# The second waits in the worker, which so never waits for this process.
ITEMS_PER_WORKER = 2
# A process can be killed for what it is not to blame for, such as memory.
MAX_ATTEMPTS = 2
MAX_FAILED_STARTS = 3
# Far above what a loaded machine takes to load the libraries from a slow disk.
START_LIMIT_S = 300.0
CLOSING_S = 5.0


class Failure(Enum):
    """Why there is no result for an item."""

    CRASHED = "crashed"
    TIMED_OUT = "timed out"


@dataclass
class _Worker:
    """A process, and the items it was given: the first is the one it works on."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    items: deque[int] = field(default_factory=deque)
    started_s: float = 0.0

    def ends_s(self, limit_s: float) -> float:
        """When it is out of time for its item, or for its start."""
        return self.started_s + (limit_s if self.ready else START_LIMIT_S)

    def expired(self, limit_s: float) -> bool:
        return bool(self.items) and time.monotonic() > self.ends_s(limit_s)


class WorkerPool(Generic[Item, Result]):
    """Applies a function to items in several processes.

    An item whose process dies is tried once more; one that takes too long ends its
    process. Either way every item gets an outcome, and the others are not held up.
    """

    def __init__(
        self,
        processes: int,
        work: Callable[[Item], Result],
        prepare: Callable[..., None],
        arguments: tuple[Any, ...],
        limit_s: float,
    ) -> None:
        """Describe the work; processes start with `map`.

        Args:
            processes: Maximum number of worker processes.
            work: Function of a module, applied to each item.
            prepare: Function of a module, called once in each process.
            arguments: Arguments of `prepare`.
            limit_s: Time limit for an item in seconds of wall-clock time.
        """
        self._processes = processes
        self._limit_s = limit_s
        self._target = (work, prepare, arguments)
        self._context = worker_context()

    def map(self, items: Sequence[Item]) -> Iterator[tuple[int, Result | Failure]]:
        """Yield the index and the outcome of each item, in the order they are done.

        Raises:
            OSError: Processes cannot be started, or end before they can work.
            Exception: What the function raised in a worker.
        """
        pending = iter(range(len(items)))
        again: deque[int] = deque()
        attempts: dict[int, int] = {}
        workers: list[_Worker] = []
        whole, failed_starts = False, 0
        try:
            while True:
                self._give(workers, items, pending, again)
                if not any(worker.items for worker in workers):
                    whole = True
                    return
                for worker in self._wait(workers):
                    outcomes, alive = self._collect(worker)
                    yield from outcomes
                    if alive:
                        continue
                    workers.remove(worker)
                    lost = list(worker.items)
                    failed_starts = 0 if worker.ready else failed_starts + 1
                    if failed_starts == MAX_FAILED_STARTS:
                        raise OSError(
                            "worker processes cannot start: the last one ended with "
                            f"exit code {worker.process.exitcode}"
                        )
                    if worker.ready and worker.expired(self._limit_s):
                        yield lost.pop(0), Failure.TIMED_OUT
                    elif lost and worker.ready:
                        attempts[lost[0]] = attempts.get(lost[0], 0) + 1
                        if attempts[lost[0]] == MAX_ATTEMPTS:
                            yield lost.pop(0), Failure.CRASHED
                    again.extend(lost)
        finally:
            _close(workers, whole)

    def _give(
        self,
        workers: list[_Worker],
        items: Sequence[Item],
        pending: Iterator[int],
        again: deque[int],
    ) -> None:
        """Hand out items; start a process where there are more than places."""
        for places in range(1, ITEMS_PER_WORKER + 1):
            for number in range(self._processes):
                if number < len(workers) and len(workers[number].items) >= places:
                    continue
                index = again.popleft() if again else next(pending, None)
                if index is None:
                    return
                if number == len(workers):
                    workers.append(self._start())
                worker = workers[number]
                if not worker.items:
                    worker.started_s = time.monotonic()
                worker.items.append(index)
                try:
                    worker.pipe.send(items[index])
                except OSError:
                    pass  # it died: `_collect` finds out and hands the items back

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(there, *self._target), daemon=True
        )
        with no_interrupts():
            process.start()
        there.close()
        return _Worker(process, here)

    def _wait(self, workers: list[_Worker]) -> list[_Worker]:
        """Wait until a worker sends, ends or exceeds its limit."""
        ends_s = min(worker.ends_s(self._limit_s) for worker in workers if worker.items)
        timeout = max(0.0, ends_s - time.monotonic()) + 0.01
        ready = connection.wait([worker.pipe for worker in workers], timeout)
        return [
            worker
            for worker in workers
            if worker.pipe in ready or worker.expired(self._limit_s)
        ]

    def _collect(
        self, worker: _Worker
    ) -> tuple[list[tuple[int, Result | Failure]], bool]:
        """Take the results of a worker; returns whether it can continue."""
        outcomes: list[tuple[int, Result | Failure]] = []
        try:
            while worker.pipe.poll():
                kind, value = worker.pipe.recv()
                worker.started_s = time.monotonic()
                if kind == "error":
                    raise value
                if kind == "result":
                    outcomes.append((worker.items.popleft(), value))
                worker.ready = True
        except (EOFError, ConnectionError):
            worker.process.join()
            return outcomes, False
        if worker.expired(self._limit_s):
            worker.process.kill()
            worker.process.join()
            return outcomes, False
        return outcomes, True


def _close(workers: list[_Worker], whole: bool) -> None:
    """End the processes: at once where work is left, else by closing their pipes."""
    with no_interrupts():  # impatience must not leave one behind
        for worker in workers:
            if not whole:
                worker.process.kill()
            worker.pipe.close()
        for worker in workers:
            worker.process.join(CLOSING_S)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def _serve(
    pipe: Connection,
    work: Callable[[Any], Any],
    prepare: Callable[..., None],
    arguments: tuple[Any, ...],
) -> None:
    """Send the result of each item until the pipe is closed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        prepare(*arguments)
        pipe.send(("ready", None))
        while True:
            pipe.send(("result", work(pipe.recv())))
    except (EOFError, ConnectionError):
        return
    except Exception as error:
        pipe.send(("error", error))


def _end_with_parent() -> None:
    """End with a parent that was killed; a photo can take a long time."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)
