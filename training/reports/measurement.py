"""One measured stage as a JSON file: what ran, time and memory it took, what came out.

Every number in docs/RESULTS.md comes from such a file. What `values` holds, by name:

    users                {"sets": {scenario: {split: statistics}}}
    extractor-accuracy   {"sources": top1_by_source(...),
                          "cosine": cosine_agreement(...)}
    extractor-latency    {"comparisons": [{threads, milliseconds,
                          reference_milliseconds, ratio}]}
    aggregators          compare(...)
    other-worlds         {"map": map_by_seed(...)}
    future               {"worlds": measure_scenarios(...)}
    robustness           robustness(...)
    adapter              adapter_study(...)
    vocabulary           fit_and_measure(...)
    sweep                {"limits": vars(Limits), "runs": [as_row(...)]}
    fast-extractor       SmallerInputs.measure(...)
    family-worlds        {"map": map_by_seed(...)}
    family-sizes         {categories: measure_sizes(...)}
    evidence-study       {"variants": study_evidence(...)}
    aggregator-parity    {"aggregators": {name: {"errors": {photos: error},
                          "order": error, "bytes": size, "parameter_bytes": size}}}
    predict-throughput   {photos, megapixels, processes, photos_per_second,
                          plain_photos_per_second, ratio}
    app-package, app-scan, app-gallery, app-clean-build
                         {"measured": {what: value}}, see `run_gradle`
    app-parity           {bound, "distances": {photo: distance}, mean, maximum,
                          "not_read": [photo]}
    app-strongest-photos {gallery, galleries, products, top,
                          "strongest": {photos: {same, first}}}
    bundle               {"name": name, "files": {file: bytes}}
    rankers              run_comparison(...)

Any other name is a stage of which only time and memory are reported.
"""

import json
import os
import resource
import shlex
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from photo_interests.files import write_atomically

DIGITS = 6
"""Significant digits kept; the rest is noise and makes files long."""


@dataclass(frozen=True)
class Measurement:
    """What a command did.

    Attributes:
        name: Of the stage; also the file's name.
        command: That made it, as it can be typed in the repository.
        seconds: Wall clock time.
        peak_memory_bytes: Largest resident memory of the process, or of the largest of
            its child processes if that is more, from its start on.
        cores: Of the machine.
        values: Results, ready for JSON.
    """

    name: str
    command: str
    seconds: float
    peak_memory_bytes: int
    cores: int
    values: dict[str, Any] = field(default_factory=dict)

    def save(self, directory: Path) -> Path:
        """Write `<name>.json` atomically.

        Raises:
            ValueError: A value is not a number or not for JSON.
        """
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / f"{self.name}.json"
        content = json.dumps(
            _rounded(asdict(self)), indent=1, ensure_ascii=False, allow_nan=False
        )
        write_atomically(path, content + "\n")
        return path

    @classmethod
    def load(cls, path: Path) -> "Measurement":
        """Read a measurement.

        Raises:
            ValueError: The file has other keys, or another name than its content.
        """
        content = json.loads(path.read_text(encoding="utf-8"))
        expected = {f.name for f in fields(cls)}
        if set(content) != expected:
            raise ValueError(
                f"{path}: expected {sorted(expected)}, received {sorted(content)}"
            )
        if content["name"] != path.stem:
            raise ValueError(
                f"{path}: expected name {path.stem!r}, received {content['name']!r}"
            )
        return cls(**content)


def load_measurements(directory: Path) -> dict[str, Measurement]:
    """Read all measurements of a folder, by name, in the order of the names.

    Raises:
        ValueError: There is none.
    """
    found = {p.stem: Measurement.load(p) for p in sorted(directory.glob("*.json"))}
    if not found:
        raise ValueError(f"{directory}: expected measurements, received no *.json")
    return found


@contextmanager
def measuring(
    name: str, directory: Path, command: str | None = None
) -> Iterator[dict[str, Any]]:
    """Measure a stage; nothing is written when it fails.

    Args:
        name: Of the stage.
        directory: Where the measurement goes.
        command: The running one if None.

    Yields:
        The measurement's values, to be filled.
    """
    values: dict[str, Any] = {}
    started = time.perf_counter()
    yield values
    seconds = time.perf_counter() - started
    Measurement(
        name,
        running_command() if command is None else command,
        seconds,
        peak_memory_bytes(),
        os.cpu_count() or 1,
        values,
    ).save(directory)


def peak_memory_bytes() -> int:
    """Largest resident memory so far of this process or of one of its children."""
    children = _reported_peak(resource.RUSAGE_CHILDREN)
    try:
        # Linux reports for a new process the peak of the one that started it, so the
        # kernel's own account of this process comes first.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        (own,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
        return max(1024 * int(own.split()[1]), children)
    except (OSError, ValueError):
        return max(_reported_peak(resource.RUSAGE_SELF), children)


def _reported_peak(who: int) -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(who).ru_maxrss


def running_command(arguments: Sequence[str] | None = None) -> str:
    """The command of this process as typed, without any folder of this machine.

    Args:
        arguments: As in `sys.argv`, which they are if None.
    """
    program, *rest = sys.argv if arguments is None else arguments
    path = Path(program)
    if path.name == "__main__.py":
        start = ["python", "-m", _package(path.parent)]
    else:
        start = [path.name]
    return shlex.join([*start, *(_without_machine(argument) for argument in rest)])


def _package(folder: Path) -> str:
    names = [folder.name]
    while (folder.parent / "__init__.py").is_file():
        folder = folder.parent
        names.insert(0, folder.name)
    return ".".join(names)


def _without_machine(argument: str) -> str:
    option, separator, value = argument.rpartition("=")
    path = Path(value)
    if not path.is_absolute():
        return argument
    inside = path.is_relative_to(Path.cwd())
    shown = path.relative_to(Path.cwd()) if inside else path.name
    return f"{option}{separator}{shown}"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {str(key): _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value
