"""Progress of a run of several stages: one bar and the time left of all of it."""

import logging
import time
from datetime import timedelta
from typing import Any

import keras
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

logger = logging.getLogger(__name__)


class RunProgress(keras.callbacks.Callback):
    """Shows a bar over the steps of all stages, and logs each epoch with time left.

    Args:
        name: What is shown beside the bar.
        total_epochs: Of all stages together.

    Attributes:
        first_epoch: Epochs of the stages before the one that runs; Keras numbers
            those of a stage itself, also after a kill.
    """

    def __init__(self, name: str, total_epochs: int) -> None:
        super().__init__()
        self.name = name
        self.total_epochs = total_epochs
        self.first_epoch = 0
        self._seconds: list[float] = []
        self._started = 0.0
        self._bar: Progress | None = None

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Start an epoch's bar."""
        self._started = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
        )
        number = f"{self.first_epoch + epoch + 1}/{self.total_epochs}"
        self._bar.add_task(f"{self.name}, epoch {number}", total=self.params["steps"])
        self._bar.start()

    def on_train_batch_end(
        self, batch: int, logs: dict[str, Any] | None = None
    ) -> None:
        """Advance the bar."""
        assert self._bar is not None
        self._bar.advance(self._bar.task_ids[0])

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Log the epoch's numbers and the time left of the whole run."""
        assert self._bar is not None
        self._bar.stop()
        done = self.first_epoch + epoch + 1
        self._seconds.append(time.monotonic() - self._started)
        mean = sum(self._seconds) / len(self._seconds)
        left = mean * (self.total_epochs - done)
        numbers = ", ".join(f"{k} {v:.4f}" for k, v in (logs or {}).items())
        logger.info(
            "%s: epoch %d of %d, %s; about %s left",
            self.name, done, self.total_epochs, numbers,
            timedelta(seconds=round(left)),
        )  # fmt: skip
