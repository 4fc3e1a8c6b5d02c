"""Runs: every artefact has a place of its own and a record of what made it.

A run lies in `ROOT/NAME-KEY/`, where KEY comes from its kind, its config and the hashes
of its inputs: a changed config or input is another place, so nothing finished is ever
lost or mixed up. `ROOT/NAME` is a link to the run that was asked for last. A finished
run has `run.json` (see `Record`), which is written last.

    from training.runs import Run, writing

    run = Run(
        runs / "aggregators", config.name, kind="aggregator", config=config,
        inputs={"features": features / "features.npz", "users": users_table},
        output="aggregator.keras",
    )

    def train(values: dict[str, Any]) -> None:
        model = fit(config, checkpoints=run.scratch)  # resumes from what is there
        with writing(run.directory / "aggregator.keras") as path:
            model.save(path)
        values["validation_map"] = ...

    record = run.ensure(train)  # computes, resumes, or reuses
    record.sha256               # what the next step records as its input
    lineage(record, runs)       # the records of all that it came from, first ones first

Progress is `tracked(items, "Packing pixels")`, and for Keras
`training.runs.keras_progress.KerasProgress`.
"""

from photo_interests.files import write_atomically, writing
from training.runs.hashing import Input, sha256_of
from training.runs.process import peak_memory_bytes, running_command
from training.runs.progress import tracked
from training.runs.record import RECORD, Record, lineage, records
from training.runs.run import Run

__all__ = [
    "RECORD",
    "Input",
    "Record",
    "Run",
    "lineage",
    "peak_memory_bytes",
    "records",
    "running_command",
    "sha256_of",
    "tracked",
    "write_atomically",
    "writing",
]
