"""All trials on all cores, with progress; a killed sweep resumes."""

import time
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from training.experiments.aggregator_family.plan import (
    Trial,
    as_row,
    best_weights,
    other_trials,
    weight_trials,
)
from training.experiments.aggregator_family.train_one import (
    Limits,
    run_of,
    start_worker,
    train_one,
)
from training.runs.progress import ProgressLines


class Sweep:
    """The trials of a plan.

    Args:
        directory: Folder of the trials; finished ones are not repeated.
        features: Feature set by name (`fine-tuned`, `frozen`).
        limits: Limits of every training.
        processes: Number of trials at the same time, with a thread each.
        minutes: No trial is started after these; None for no such bound.
        only: Members of which trials are started; none for all. Finished trials of
            others are listed all the same.
    """

    def __init__(
        self,
        directory: Path,
        features: Mapping[str, Path],
        limits: Limits,
        processes: int,
        minutes: float | None = None,
        only: Collection[str] = (),
    ) -> None:
        self.directory = directory
        self.features = features
        self.limits = limits
        self.processes = processes
        self.only = frozenset(only)
        self.end = None if minutes is None else time.monotonic() + 60 * minutes
        self.finished: dict[Trial, dict[str, Any]] = {}
        directory.mkdir(parents=True, exist_ok=True)

    def run(self, seeds: int) -> list[dict[str, Any]]:
        """Run the plan: every weight, then each member at its best one.

        Args:
            seeds: Number of trainings of each member.

        Returns:
            A record for each finished trial.
        """
        # A fresh interpreter each: TensorFlow must not be forked.
        context = get_context("spawn")
        with ProcessPoolExecutor(self.processes, context, start_worker) as pool:
            self._run_all(pool, weight_trials())
            if all(trial in self.finished for trial in weight_trials()):
                weights = best_weights(self.finished)
                rest = other_trials(weights, seeds, "frozen" in self.features)
                self._run_all(pool, rest)
        return [as_row(trial, result) for trial, result in self.finished.items()]

    def _run_all(self, pool: ProcessPoolExecutor, trials: Sequence[Trial]) -> None:
        waiting, progress = list(trials), ProgressLines("Trials", len(trials))
        running: dict[Future[dict[str, Any]], Trial] = {}
        while waiting or running:
            while waiting and len(running) < self.processes:
                trial = waiting.pop(0)
                arguments = (
                    trial, self.features[trial.features], self.limits, self.directory
                )  # fmt: skip
                run = run_of(*arguments)
                if run.finished:
                    self.finished[trial] = dict(run.record.values)
                elif self._may_start(trial):
                    running[pool.submit(train_one, *arguments)] = trial
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                trial = running.pop(future)
                result = self.finished[trial] = future.result()
                progress.advance(
                    f"{trial.key}: MAP {result['test']['users']['map']:.4f}"
                )

    def _may_start(self, trial: Trial) -> bool:
        in_time = self.end is None or time.monotonic() < self.end
        return in_time and (not self.only or trial.member in self.only)
