"""The record of a finished run, `run.json`, and the records it came from."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from photo_interests.files import write_atomically

RECORD = "run.json"
SIGNIFICANT_DIGITS = 6
"""Of the numbers in `values`; the rest is noise and makes files long."""


@dataclass(frozen=True)
class Record:
    """What a run was made from and what came out.

    Attributes:
        kind: Kind of artefact, `aggregator` for example.
        name: Name of its config, or of the artefact where there is one alone.
        command: Command that made it, as it can be typed in the repository.
        config: Settings, as JSON values.
        inputs: sha256 of everything that was read, by name.
        sha256: Hash of the output: of the file or folder, or of `values` without one.
        seconds: Wall clock time of the process that finished the run.
        peak_memory_bytes: Largest resident memory of that process or of one of its
            child processes.
        cores: Number of CPU cores of the machine.
        values: Results, ready for JSON.
    """

    kind: str
    name: str
    command: str
    config: Any
    inputs: Mapping[str, str]
    sha256: str
    seconds: float
    peak_memory_bytes: int
    cores: int
    values: Mapping[str, Any] = field(default_factory=dict)

    def save(self, directory: Path) -> Path:
        """Write `run.json`, whole or not at all.

        Raises:
            ValueError: A value is not a number or not for JSON.
        """
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False, allow_nan=False)
        write_atomically(directory / RECORD, text + "\n")
        return directory / RECORD

    @classmethod
    def load(cls, directory: Path) -> "Record":
        """Read the record of a run's folder.

        Raises:
            FileNotFoundError: The run is not finished, or there is none.
            ValueError: The file has other keys.
        """
        path = directory / RECORD
        content = json.loads(path.read_text(encoding="utf-8"))
        expected = {f.name for f in fields(cls)}
        if set(content) != expected:
            raise ValueError(
                f"{path}: expected {sorted(expected)}, received {sorted(content)}"
            )
        return cls(**content)


def records(root: Path) -> list[Record]:
    """Read the records of all finished runs below a folder.

    Returns:
        In the order of their folders; runs that the link of their name points to, the
        latest ones, come last.
    """
    found = {}
    for path in sorted(root.rglob(RECORD)):
        if not path.parent.is_symlink():
            found[path.parent] = Record.load(path.parent)

    def is_latest(folder: Path) -> bool:
        return (folder.parent / found[folder].name).resolve() == folder.resolve()

    return [found[folder] for folder in sorted(found, key=is_latest)]


def lineage(record: Record, root: Path) -> list[Record]:
    """Follow the inputs of a run to the runs that made them, as far as there are any.

    Where runs of other settings left the same output, the latest is followed.

    Args:
        record: Where to start.
        root: Folder of all runs.

    Returns:
        Each run once, after the ones it came from; `record` is the last.
    """
    known = {one.sha256: one for one in records(root)}
    found: dict[str, Record] = {}

    def follow(one: Record) -> None:
        for sha256 in one.inputs.values():
            if sha256 in known and sha256 not in found and sha256 != one.sha256:
                follow(known[sha256])
        found[one.sha256] = one

    follow(record)
    return list(found.values())


def rounded(value: object) -> Any:
    """Round the numbers of JSON values to what is significant."""
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if isinstance(value, Mapping):
        return {str(key): rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(inner) for inner in value]
    return value
