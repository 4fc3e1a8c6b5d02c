"""Progress of Keras training over several stages."""

import logging
import time
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import keras

from photo_interests.progress import Advance, progress_bar

logger = logging.getLogger(__name__)


class KerasProgress(keras.callbacks.Callback):
    """Shows a bar for each epoch, and logs its numbers with the time left of the run.

    Args:
        name: Shown beside the bar.
        total_epochs: Epochs of all stages together.

    Attributes:
        first_epoch: Number of epochs of the stages before the current one; Keras
            numbers those of a stage itself, also after a kill.
    """

    def __init__(self, name: str, total_epochs: int) -> None:
        super().__init__()
        self.name = name
        self.total_epochs = total_epochs
        self.first_epoch = 0
        self._seconds: list[float] = []
        self._started = 0.0
        self._bar = ExitStack()
        self._advance: Advance | None = None

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Start an epoch's bar."""
        self._started = time.monotonic()
        number = f"{self.first_epoch + epoch + 1}/{self.total_epochs}"
        bar = progress_bar(f"{self.name}, epoch {number}", self.params["steps"])
        self._advance = self._bar.enter_context(bar)

    def on_train_batch_end(
        self, batch: int, logs: dict[str, Any] | None = None
    ) -> None:
        """Advance the bar."""
        assert self._advance is not None
        self._advance()

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Log the epoch's numbers and the time left of the whole run."""
        self._bar.close()
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
