"""A run in a place of its own: computed, resumed or reused."""

import fcntl
import json
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from training.runs.hashing import CACHE, Input, sha256_of, text_sha256
from training.runs.process import peak_memory_bytes, running_command
from training.runs.record import RECORD, Record, rounded

logger = logging.getLogger(__name__)
KEY_DIGITS = 10
SCRATCH = "unfinished"


class Run:
    """One run: its place, and whether it is finished.

    Attributes:
        directory: The run's own folder, `ROOT/NAME-KEY`.
        scratch: Folder in it for what a killed run resumes from, such as checkpoints;
            it is removed when the run is finished.
        config: Settings as JSON values.
        inputs: sha256 of each input.

    Args:
        root: Folder of all runs of a kind; `root / name` links to the latest.
        name: Name of the config.
        kind: Kind of artefact.
        config: Settings: a dataclass or JSON values. Fields that are None do not count,
            so that a new optional field leaves old runs as they are.
        inputs: Everything that is read, by name.
        output: File that the run leaves in its folder and others read; None where the
            values in its record are all there is.
        force: Whether to delete what a finished run with this key left, and repeat it.
        writes: Whether this process writes; of several workers only the chief does.
        barrier: Returns when all workers have come to it.

    Raises:
        FileNotFoundError: An input is missing.
        TypeError: A setting that JSON cannot hold.
    """

    def __init__(
        self,
        root: Path,
        name: str,
        *,
        kind: str,
        config: object,
        inputs: Mapping[str, Input],
        output: str | None,
        force: bool = False,
        writes: bool = True,
        barrier: Callable[[], None] | None = None,
    ) -> None:
        self._cache = root / CACHE
        self.root, self.name, self.kind = root, name, kind
        self.config = json_values(config)
        self.inputs = {n: sha256_of(v, self._cache) for n, v in inputs.items()}
        self._output, self._force, self._writes = output, force, writes
        self._barrier = barrier or (lambda: None)
        identity = {"kind": kind, "config": self.config, "inputs": self.inputs}
        key = text_sha256(identity)[:KEY_DIGITS]
        self.directory = root / f"{name}-{key}"
        self.scratch = self.directory / SCRATCH

    @property
    def finished(self) -> bool:
        """Whether its record is there, and so everything else."""
        return (self.directory / RECORD).is_file()

    @property
    def record(self) -> Record:
        """The record of a finished run.

        Raises:
            FileNotFoundError: It is not finished.
            ValueError: Its folder is of other settings or inputs, or its output was
                changed since.
        """
        record = Record.load(self.directory)
        found = (record.kind, record.config, dict(record.inputs))
        expected = (self.kind, self.config, self.inputs)
        if found != expected:
            raise ValueError(
                f"{self.directory}: expected a run of {expected}, received {found}"
            )
        received = self._sha256(record.values)
        if received != record.sha256:
            raise ValueError(
                f"{self.directory}: expected the output with sha256 {record.sha256}, "
                f"received {received}; delete this folder to compute it again"
            )
        return record

    def ensure(self, compute: Callable[[dict[str, Any]], None]) -> Record:
        """Compute the run unless it is finished, and point `root / name` at it.

        Args:
            compute: Writes the output into `directory` and fills the record's values.
                It may find in `scratch` what a killed one left.

        Raises:
            BlockingIOError: Another process computes this very run.
            ValueError: `compute` left no output.
        """
        if self._force and self._writes and self.finished:
            shutil.rmtree(self.directory)
        self._barrier()
        if self.finished:
            logger.info("%s: reused, config and inputs are the same", self.directory)
        else:
            self._compute(compute)
        if self._writes:
            self._point()
        self._barrier()
        return self.record

    def _compute(self, compute: Callable[[dict[str, Any]], None]) -> None:
        self.scratch.mkdir(parents=True, exist_ok=True)
        values: dict[str, Any] = {}
        with _lock(self.directory) if self._writes else nullcontext():
            if self._writes and self.finished:  # by another process meanwhile
                shutil.rmtree(self.scratch)
                return
            started = time.perf_counter()
            compute(values)
            seconds = time.perf_counter() - started
            if not self._writes:
                return
            values = rounded(values)
            record = Record(
                self.kind, self.name, running_command(), self.config, self.inputs,
                self._sha256(values), seconds, peak_memory_bytes(),
                os.cpu_count() or 1, values,
            )  # fmt: skip
            # In this order: a value that JSON cannot hold must not cost checkpoints.
            record.save(self.directory)
            shutil.rmtree(self.scratch)

    def _sha256(self, values: Mapping[str, Any]) -> str:
        if self._output is None:
            return text_sha256([self.kind, self.config, self.inputs, dict(values)])
        path = self.directory / self._output
        if not path.exists():
            raise ValueError(
                f"{self.directory}: expected {self._output}, received none"
            )
        return sha256_of(path, self._cache)

    def _point(self) -> None:
        """Make `root / name` a link to this run, in one step."""
        link = self.root / self.name
        if link.exists() and not link.is_symlink():
            raise ValueError(
                f"{link}: expected a link to the latest run, received a folder that "
                "holds no record of what made it; move it away"
            )
        temporary = self.root / f".{self.name}.link"
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(self.directory.name)
        temporary.replace(link)


def json_values(value: object) -> Any:
    """Give settings as JSON values: dataclasses, enums, classes and Keras layers too.

    Raises:
        TypeError: A value of another type.
    """
    if is_dataclass(value) and not isinstance(value, type):
        named = {f.name: getattr(value, f.name) for f in fields(value)}
        return json_values({n: v for n, v in named.items() if v is not None})
    if isinstance(value, Mapping):
        return {str(key): json_values(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [json_values(item) for item in items]
    if isinstance(value, Enum):
        return json_values(value.value)
    if isinstance(value, type):
        return value.__name__
    if hasattr(value, "get_config"):
        # Keras numbers the names of layers as they are made.
        settings = {k: v for k, v in value.get_config().items() if k != "name"}
        return {type(value).__name__: json_values(settings)}
    return json.loads(json.dumps(value, allow_nan=False))


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise BlockingIOError(
            error.errno, "another process computes this run", str(folder)
        ) from error
    try:
        yield
    finally:
        os.close(handle)
