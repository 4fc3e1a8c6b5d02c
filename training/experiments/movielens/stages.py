"""Results of a study's parts, each kept in a run of its own: a stop costs one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.runs import Input, Run


@dataclass(frozen=True)
class Stages:
    """A folder of runs that all read the same.

    Attributes:
        directory: Gets a run for each part.
        inputs: What all of them read.
    """

    directory: Path
    inputs: Mapping[str, Input]

    def below(self, name: str) -> "Stages":
        """Give the parts of a protocol, in a folder of its own."""
        return Stages(self.directory / name, self.inputs)

    def ensure(
        self, name: str, config: Any, compute: Callable[[], Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Compute a part, unless it is finished with the same config and inputs.

        Args:
            name: Of the part.
            config: All that the result depends on beside the inputs.
            compute: Gives the result, ready for JSON.
        """
        run = Run(
            self.directory,
            "".join(c if c.isalnum() else "_" for c in name),
            kind="movielens stage",
            config=config,
            inputs=self.inputs,
            output=None,
        )
        return run.ensure(lambda values: values.update(compute())).values
