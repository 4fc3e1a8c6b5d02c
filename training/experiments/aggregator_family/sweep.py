"""All runs on all cores, with progress, so that a killed sweep goes on."""

import json
import logging
import time
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from photo_interests.files import write_atomically
from training.experiments.aggregator_family.plan import (
    Run,
    as_row,
    best_weights,
    other_runs,
    weight_runs,
)
from training.experiments.aggregator_family.train_one import (
    Limits,
    start_worker,
    train_one,
)

logger = logging.getLogger(__name__)
LIMITS = "limits.json"


class Sweep:
    """The runs of a plan.

    Args:
        directory: Gets a file for each finished run; what is in it is not run again.
        features: Feature set by name (`fine-tuned`, `frozen`).
        limits: Of every run.
        processes: Runs at the same time, a thread each.
        minutes: No run is started after these; None for no such bound.
        only: Members of which runs are started; none for all. What others have
            finished is kept all the same.

    Raises:
        ValueError: The directory holds runs of other limits.
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
        self.finished: dict[Run, dict[str, Any]] = {}
        directory.mkdir(parents=True, exist_ok=True)
        _check_limits(directory / LIMITS, limits)

    def run(self, seeds: int) -> list[dict[str, Any]]:
        """Runs the plan: every weight, then each member at its best one.

        Args:
            seeds: Trainings of each member.

        Returns:
            A record for each finished run.
        """
        # A fresh interpreter each: TensorFlow must not be forked.
        context = get_context("spawn")
        with ProcessPoolExecutor(self.processes, context, start_worker) as pool:
            self._run_all(pool, weight_runs())
            if all(run in self.finished for run in weight_runs()):
                weights = best_weights(self.finished)
                rest = other_runs(weights, seeds, "frozen" in self.features)
                self._run_all(pool, rest)
        return [as_row(run, result) for run, result in self.finished.items()]

    def _run_all(self, pool: ProcessPoolExecutor, runs: Sequence[Run]) -> None:
        waiting, started = list(runs), time.monotonic()
        going: dict[Future[Path], Run] = {}
        trained = 0
        while waiting or going:
            while waiting and len(going) < self.processes:
                run = waiting.pop(0)
                path = self.directory / f"{run.key}.json"
                if path.exists():
                    self._keep(run, path)
                elif self._may_start(run):
                    features = self.features[run.features]
                    going[
                        pool.submit(
                            train_one, run, features, self.limits, self.directory
                        )
                    ] = run
            for future in wait(going, return_when=FIRST_COMPLETED).done:
                run = going.pop(future)
                self._keep(run, future.result())
                trained += 1
                seconds = (time.monotonic() - started) / trained
                left = timedelta(seconds=round(seconds * (len(waiting) + len(going))))
                logger.info(
                    "%s: MAP %.4f; %d runs left, about %s",
                    run.key, self.finished[run]["test"]["users"]["map"],
                    len(waiting) + len(going), left,
                )  # fmt: skip

    def _may_start(self, run: Run) -> bool:
        in_time = self.end is None or time.monotonic() < self.end
        return in_time and (not self.only or run.member in self.only)

    def _keep(self, run: Run, path: Path) -> None:
        self.finished[run] = json.loads(path.read_text(encoding="utf-8"))


def _check_limits(file: Path, limits: Limits) -> None:
    text = json.dumps(vars(limits), indent=1) + "\n"
    if file.exists() and file.read_text(encoding="utf-8") != text:
        raise ValueError(
            f"{file.parent}: expected runs of {vars(limits)}, received those of "
            f"{json.loads(file.read_text(encoding='utf-8'))}; give another folder"
        )
    write_atomically(file, text)
