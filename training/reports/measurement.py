"""One measured stage as a JSON file: what ran, time and memory it took, what came out.

The tables of docs/results come from such files. What `values` holds, by name:

    users                {"sets": {scenario: {split: statistics}}}
    extractor-accuracy   {"sources": top1_by_source(...),
                          "cosine": cosine_agreement(...)}
    extractor-latency    {"comparisons": [{threads, milliseconds,
                          reference_milliseconds, ratio}]}
    aggregators          compare(...)
    other-scenarios      {"map": map_by_seed(...)}
    next-interests       {"scenarios": measure_scenarios(...)}
    robustness, robustness-set-labels
                         robustness(...)
    adapter              adapter_study(...)
    vocabulary           fit_and_measure(...)
    distilled            {"recall": measure_recall(...),
                          "map_all_outputs": map_over_all(...)}
    reliability          measure_reliability(...)
    search               {"networks": with_earlier(...)}
    next-taxonomy-interests
                         measure_taxonomy(...)
    sweep                {"limits": vars(Limits), "runs": [as_row(...)]}
    fast-extractor       SmallerInputs.measure(...)
    family-scenarios     {"map": map_by_seed(...)}
    bundle-scenarios     {"map": measure_bundles(...)}
    family-sizes         {categories: measure_sizes(...)}
    evidence-study, mil-pooling
                         {"variants": study_evidence(...)}
    aggregator-parity    {"aggregators": {name: {"errors": {photos: error},
                          "order": error, "bytes": size, "parameter_bytes": size}}}
    app-package, app-scan, app-gallery, app-clean-build
                         {"measured": {what: value}}, see `run_gradle`
    app-parity           {bound, "distances": {photo: distance}, mean, maximum,
                          "not_read": [photo]}
    app-strongest-photos {gallery, galleries, products, top,
                          "strongest": {photos: {same, first}}}
    bundle               {"name": name, "files": {file: bytes}}
    rankers              run_comparison(...)
    movielens, movielens-dvbpr, movielens-dvbpr-published
                         run_study(...)
    paper-tables         {"quick": whether short, "processor_seconds": of the process}
    tuned, mil-baselines compare_tuned(...)
    tuned-seeds          compare_seeds(...)
    split-leakage        study_leakage(...)
    strict-split         retrain(...)
    set-labels           compare_with_reference(...) and "limits", "runs", "short_map"
                         of the short trainings

Any other name holds what its own command says.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from training.runs import (
    Record,
    peak_memory_bytes,
    running_command,
    write_atomically,
)
from training.runs.record import rounded


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
            rounded(asdict(self)), indent=1, ensure_ascii=False, allow_nan=False
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


def publish(record: Record, name: str, directory: Path) -> None:
    """Write what a run measured as a measurement, for the pages of results.

    Args:
        record: The finished run.
        name: Name of the measurement.
        directory: Folder of measurements.
    """
    Measurement(
        name,
        record.command,
        record.seconds,
        record.peak_memory_bytes,
        record.cores,
        dict(record.values),
    ).save(directory)
